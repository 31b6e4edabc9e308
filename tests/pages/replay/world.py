"""A town in which everything is there once: every role, every state of a post, links, notes, questions.

What may not be seen holds words of its own (:data:`SECRETS`): they are looked for wherever anything is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from pages import wiring
from portal import clock, links, sessions
from portal.model.account import AccountState, GroupMember, Purpose
from portal.model.group import GroupState
from portal.model.message import Enquiry, EnquiryState
from portal.model.place import Contact, ContactKind
from portal.model.post import PostKind, PostState, Revision
from portal.model.report_note import POST, ErrorNote
from portal.store import Put
from tests import town
from tests.portal import people
from tests.portal.signing import kept_password

if TYPE_CHECKING:
    from portal.model.place import Place
    from portal.model.post import Post
    from portal.permissions import Actor
    from portal.store import Store

SUSPENDED: Final = people.actor(people.account("gone", state=AccountState.SUSPENDED), hidamari=True)
HALTED: Final = people.actor(people.account("halted"), halted=True)
ROLES: Final[dict[str, Actor | None]] = {
    "anonymous": None,
    "member": people.MEMBER,
    "owner": people.OWNER,
    "neighbour": people.NEIGHBOUR,
    "halted": HALTED,
    "staff": people.STAFF,
    "elsewhere": people.VISITOR_STAFF,
    "administrator": people.ADMINISTRATOR,
    "suspended": SUSPENDED,
}
"""Nobody, the group's two, another group's, a suspended group's, the office, another's, and a suspended account."""
UNSEEN: Final = tuple(state for state in PostState if state not in {PostState.LIVE, PostState.CANCELLED})
SEEN_ONCE: Final = (PostState.LIVE, PostState.CANCELLED, PostState.HIDDEN, PostState.WITHDRAWN)
"""States of the posts that were live once."""
SECRETS: Final = {str(state): f"ひみつ{number}番" for number, state in enumerate(UNSEEN)} | {
    "revision": "ひみつ待ち番",
    "help": "ひみつ手助け番",
    "contact": "06-7777-1234",
    "group_contact": "06-7777-2345",
    "applicant": "申込花子さん",
    "applicant_email": "applicant@secret.example",
    "group_email": "group@secret.example",
    "enquiry": "質問太郎さん",
    "enquiry_text": "膝がわるいのですが",
    "reply_to": "090-7777-3456",
    "note": "通報のことば",
    "applied": "まだ申請中の会",
    "person": "gone@example.jp",
    "reason": "職員だけのことば",
}
"""Words that stand nowhere in public, by where they are kept."""
SHOWN: Final = "だれでも見る番"
"""A word of what everybody sees: whoever looks for secrets must find it, or looks at nothing."""


@dataclass
class World:
    """Ids and tokens of what is there, by name."""

    names: dict[str, str] = field(default_factory=dict)

    def fill(self, text: str) -> str:
        """``text`` with the ids for their names: ``/write?id={draft}``."""
        return text.format(**self.names)


def settle(store: Store) -> World:
    """Fill a store that holds the town and its people (tests/portal/people.py)."""
    world = World({"code": town.CODE, "group": "group-hidamari", "halted": "group-halted", "other": "group-tonari"})
    _groups(store)
    _place(store, world)
    for state in PostState:
        world.names[str(state)] = _post(store, state).id
    world.names["help"] = _help(store).id
    world.names["halted_post"] = people.kept(
        store, PostState.LIVE, id="post-halted", group="group-halted", facts=_facts("止められた会の集い")
    ).id
    _links(store, world)
    _said(store, world)
    return world


def traces(store: Store, world: World) -> object:
    """What anybody's doing would change: data, journal, people and their sign-ins, mails, notes, questions, links."""
    counted = [len(store.accounts()), len(store.messages()), [note.closed_at for note in store.error_notes()]]
    counted += [len(store.sessions_of(who.id)) for who in ROLES.values() if who]
    asked = [(item.id, item.state) for item in store.enquiries(town.CODE)]
    known = (store.link(links.id_of(world.names[name])) for name in ("still", "change", "invite", "reset"))
    written = (wiring.settings().home / wiring.JOURNAL).stat().st_size
    return store.data_version(), counted, asked, [link and link.used_at for link in known], written


def signed_in(store: Store, who: Actor) -> str:
    """The token of a sign-in that began just now, of a suspended account, too."""
    assert who.account
    token, session = sessions.begin(who.account, clock.now())
    store.apply([Put(session)])
    return token


def _groups(store: Store) -> None:
    hidden = Contact(ContactKind.PHONE, SECRETS["group_contact"], public=False)
    mail = Contact(ContactKind.EMAIL, SECRETS["group_email"], public=False)
    said = {
        "applicant": SECRETS["applicant"],
        "applicant_email": SECRETS["applicant_email"],
        "contacts": (hidden, mail, people.phone()),
        "reason": SECRETS["reason"],
    }
    groups = [
        people.group(places=("salon",), **said),
        people.group("halted", name="止められた会", state=GroupState.SUSPENDED, **said),
        people.group("applied", name=SECRETS["applied"], about=SECRETS["applied"], state=GroupState.APPLIED, **said),
    ]
    members = [
        GroupMember("group-hidamari", SUSPENDED.id, owner=True),
        GroupMember("group-halted", HALTED.id, owner=True),
    ]
    accounts = [who.account for who in (SUSPENDED, HALTED) if who.account]
    accounts += [replace(people.MEMBER.account, password=kept_password())] if people.MEMBER.account else []
    store.apply([*map(Put, accounts), *map(Put, groups), *map(Put, members)])


def _place(store: Store, world: World) -> None:
    hidden = Contact(ContactKind.PHONE, SECRETS["contact"], public=False)
    place: Place = town.place("salon", f"{SHOWN}のサロン", contacts=(hidden,))
    store.apply([Put(place)])
    world.names["place"] = place.id


def _facts(title: str, **values):
    hidden = Contact(ContactKind.PHONE, SECRETS["contact"], public=False)
    known = {"text": f"{title}の文", "schedule": people.tuesdays(), "contacts": (hidden,), "where": people.pin()}
    return people.facts(title, **{**known, **values})


def _post(store: Store, state: PostState) -> Post:
    """A post of the state; of the live one newer content waits."""
    title = SECRETS.get(str(state), SHOWN)
    newer = Revision(_facts(SECRETS["revision"]), clock.now(), people.MEMBER.id)
    return people.kept(
        store,
        state,
        id=f"post-{state}",
        facts=_facts(title),
        live_at=clock.now() if state in SEEN_ONCE else None,
        changed_at=clock.now(),
        revision=newer if state is PostState.LIVE else None,
        publish_at=people.later(days=9000) if state is PostState.SCHEDULED else None,
        reason=SECRETS["reason"] if state in UNSEEN else "",
    )


def _help(store: Store) -> Post:
    """Help between residents: everybody sees that it is wanted, nobody where."""
    spot = replace(people.pin(0.25, 0.25), name=SECRETS["help"], address=SECRETS["help"])
    facts = _facts(f"{SHOWN}の手助け", kind=PostKind.HELP_WANTED, schedule=None, where=spot)
    return people.kept(store, PostState.LIVE, id="post-help", facts=facts, live_at=clock.now(), changed_at=clock.now())


def _links(store: Store, world: World) -> None:
    now = clock.now()
    made = {
        "still": links.make(Purpose.FRESHNESS, now, place="salon", municipality=town.CODE),
        "change": links.make(Purpose.CHANGE, now, place="salon", municipality=town.CODE),
        "invite": links.make(
            Purpose.INVITE, now, email="new@example.jp", group="group-hidamari", made_by=people.OWNER.id
        ),
        "reset": links.make(Purpose.RESET, now, email="member@example.jp", account=people.MEMBER.id),
    }
    store.apply([Put(link) for _, link in made.values()])
    world.names |= {name: token for name, (token, _) in made.items()}


def _said(store: Store, world: World) -> None:
    now = clock.now()
    asked = Enquiry(
        "enquiry-1",
        "post-help",
        "group-hidamari",
        town.CODE,
        SECRETS["enquiry"],
        SECRETS["reply_to"],
        SECRETS["enquiry_text"],
        now,
        EnquiryState.WAITING,
    )
    note = ErrorNote("note-1", "post-live", "other", SECRETS["note"], now, about=POST)
    store.apply([Put(asked), Put(note)])
    world.names |= {"note": note.id, "enquiry": asked.id}
