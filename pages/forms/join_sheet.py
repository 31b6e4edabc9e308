"""What stands in the form by which a group applies, read and shown again, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pages.forms import write_faults
from portal.errors import InvalidRecordError
from portal.grouping import Application
from portal.groups import checks
from portal.model.account import read_email
from portal.model.place import Contact, ContactKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages.forms.reading import Form
    from portal.errors import PortalError
    from portal.model.group import Group

ASKED: Final = (ContactKind.PHONE, ContactKind.EMAIL, ContactKind.URL)
"""Ways to get in touch that the form asks for, one of each."""
FIELDS: Final[Mapping[str, str]] = {
    "model.no_name": "name",
    "model.name_too_long": "name",
    "grouping.name_taken": "name",
    "grouping.no_about": "about",
    "model.text_too_long": "about",
    "grouping.no_such_district": "district",
    "grouping.no_way_to_answer": "applicant",
    "account.bad_name": "applicant",
    "account.bad_email": "applicant_email",
    "grouping.no_consent": "consent",
}
"""The field that an error of the service is about; of others it is the whole form."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form's fields, as they were typed in."""

    name: str = ""
    name_kana: str = ""
    about: str = ""
    district: str = ""
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    """By kind."""
    applicant: str = ""
    email: str = ""
    consent: bool = False


def of_group(group: Group) -> Sheet:
    """The form as a group's returned application fills it in."""
    return Sheet(
        name=group.name,
        name_kana=group.name_kana,
        about=group.about,
        district=group.district,
        contacts={str(item.kind): item for item in reversed(group.contacts)},
        applicant=group.applicant,
        email=group.applicant_email,
        consent=True,
    )


def read(sent: Form) -> Sheet:
    """The form that was sent."""
    return Sheet(
        name=sent.text("name"),
        name_kana=sent.text("name_kana"),
        about=sent.area("about"),
        district=sent.text("district"),
        contacts={
            str(kind): Contact(kind, sent.text(f"contact_{kind}"), sent.ticked(f"public_{kind}")) for kind in ASKED
        },
        applicant=sent.text("applicant"),
        email=sent.text("applicant_email"),
        consent=sent.ticked("consent"),
    )


def application(sheet: Sheet, municipality: str, old: Group | None = None) -> Application:
    """The application; ways to get in touch of ``old`` that the form does not show stay as they are."""
    return Application(
        municipality=municipality,
        name=sheet.name,
        about=sheet.about,
        name_kana=sheet.name_kana,
        district=sheet.district,
        contacts=(*sheet.contacts.values(), *_not_shown(old)),
        applicant=sheet.applicant,
        applicant_email=sheet.email,
        consent=sheet.consent,
    )


def faults(sheet: Sheet, *, typed: bool) -> dict[str, PortalError]:
    """What is wrong by field, all at once; the service looks once more at the whole."""
    found: dict[str, PortalError] = {}
    _needed(found, "name", checks.line(sheet.name), "model.no_name")
    _needed(found, "about", checks.paragraphs(sheet.about), "grouping.no_about")
    for kind, contact in sheet.contacts.items():
        with write_faults.at(f"contact_{kind}", found):
            checks.contacts([contact])
    if not typed:
        _needed(found, "applicant", checks.line(sheet.applicant), "join.no_applicant")
    if sheet.email:
        with write_faults.at("applicant_email", found):
            read_email(sheet.email)
    _needed(found, "consent", sheet.consent, "grouping.no_consent")
    return found


def _needed(found: dict[str, PortalError], name: str, value: object, key: str) -> None:
    if not value:
        found[name] = InvalidRecordError(key)


def _not_shown(old: Group | None) -> list[Contact]:
    if old is None:
        return []
    shown = {id(item) for item in of_group(old).contacts.values() if item.kind in ASKED}
    return [item for item in old.contacts if id(item) not in shown]
