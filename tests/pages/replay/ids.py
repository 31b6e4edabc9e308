"""What went wrong in programs like this one, by its id, and where its like is tried here.

``REPLAYED`` names tests as ``folder/test_file.py::test_name`` beneath ``tests``; ``NOTHING_LIKE_IT`` says why nothing
here could go wrong so.
"""

from __future__ import annotations

from typing import Final

REPLAYED: Final[dict[str, tuple[str, ...]]] = {
    # Texts that run.
    "Decidim CVE-2026-23891": (
        "pages/replay/test_replay_texts.py::test_nothing_of_it_runs_on_any_page",
        "browser/test_replay.py::test_plain_pages_stay_text",
        "pages/forms/test_base.py::test_text_of_people_is_shown_and_never_runs",
        "pages/forms/test_join.py::test_text_of_people_is_text",
    ),
    "Decidim CVE-2024-32034": (
        "pages/replay/test_replay_texts.py::test_nothing_of_it_runs_on_any_page",
        "pages/forms/test_queue.py::test_text_of_people_is_text_in_the_list",
    ),
    "Decidim CVE-2023-51447": (
        "pages/forms/test_write_photos.py::test_the_name_of_a_file_is_never_a_path_nor_markup",
        "pages/replay/test_replay_uploads.py::test_a_bad_file_is_a_sentence_and_nothing_is_kept",
    ),
    "Decidim CVE-2024-45594": (
        "pages/forms/test_write.py::test_payloads_stay_text",
        "pages/parts/test_linked_text.py::test_payloads_are_text",
        "pages/screens/test_payloads.py::test_nothing_of_it_runs",
        "pages/replay/test_replay_texts.py::test_nothing_of_it_runs_on_any_page",
    ),
    "CKAN CVE-2021-25967": (
        "pages/forms/test_write_photos.py::test_what_is_no_photo_is_said_and_nothing_else_is_lost",
        "geodata/test_photos.py::test_a_renamed_file_is_no_photo",
    ),
    "CKAN CVE-2025-24372": (
        "geodata/test_photos.py::test_a_photo_that_is_something_else_too_is_refused",
        "geodata/test_photos.py::test_a_page_within_a_photo_is_refused",
        "pages/replay/test_replay_uploads.py::test_a_bad_file_is_a_sentence_and_nothing_is_kept",
    ),
    "CKAN CVE-2024-41675": (
        "test_bad_input.py::test_hostile_texts_are_kept_as_plain_text",
        "browser/test_screens_look.py::test_payloads_stay_text",
        "geodata/test_post_workbook.py::test_whatever_stands_in_the_cells_ends_in_posts_or_sentences",
    ),
    "Indico CVE-2023-37901": (
        "pages/replay/test_replay_texts.py::test_nothing_of_it_runs_on_any_page",
        "browser/test_replay.py::test_plain_pages_stay_text",
    ),
    "Indico CVE-2024-45399": (
        "pages/forms/test_sign_in.py::test_nobody_is_led_to_another_site",
        "pages/forms/test_base.py::test_a_way_on_is_a_path_of_ours",
        "pages/forms/test_oidc.py::test_where_one_goes_on_to_is_ours",
    ),
    "GeoNode CVE-2024-27091": (
        "pages/server/test_photos.py::test_no_other_file_is_read",
        "geodata/test_photos.py::test_nothing_but_the_picture_is_kept",
        "pages/forms/test_write_photos.py::test_what_is_no_photo_is_said_and_nothing_else_is_lost",
    ),
    "Leaflet CVE-2025-69993": (
        "browser/test_map_layer.py::test_payloads_neither_run_nor_break_the_map",
        "browser/test_replay.py::test_lists_of_posts_stay_text",
    ),
    # Who may what.
    "Decidim CVE-2023-36465": (
        "pages/forms/test_reach.py::test_who_gets_the_page",
        "pages/replay/test_replay_access.py::test_a_forged_act_does_nothing",
        "portal/test_permissions.py::test_the_services_do_what_the_table_says",
    ),
    "Decidim CVE-2026-40869": (
        "pages/replay/test_replay_access.py::test_a_forged_act_does_nothing",
        "pages/forms/test_write.py::test_a_guessed_id_is_no_other_than_an_unknown_one",
        "pages/forms/test_review.py::test_nobody_decides_on_their_own",
    ),
    "Decidim CVE-2026-40870": (
        "pages/replay/test_replay_leaks.py::test_no_page_tells_a_stranger",
        "pages/replay/test_replay_leaks.py::test_no_page_tells_a_group_what_is_the_offices",
        "pages/replay/test_replay_leaks.py::test_public_answers_are_as_if_it_were_not_there",
    ),
    "Decidim CVE-2024-27090": (
        "pages/replay/test_replay_leaks.py::test_an_unseen_post_has_no_page_no_file_and_no_form",
        "pages/replay/test_replay_leaks.py::test_no_screen_tells",
        "pages/server/test_post_calendar.py::test_what_is_not_public_is_not_there",
    ),
    "Decidim CVE-2023-34090": (
        "pages/replay/test_replay_leaks.py::test_no_word_of_it_finds_anything",
        "pages/replay/test_replay_leaks.py::test_no_filter_and_no_order_by_what_is_hidden",
        "pages/replay/test_replay_leaks.py::test_help_between_residents_has_no_spot_and_no_group_to_be_found_by",
        "portal/test_listing.py::test_no_contact_is_searched",
    ),
    "Decidim CVE-2026-45377": (
        "pages/replay/test_replay_leaks.py::test_a_photo_of_what_may_not_be_seen_is_nobodys",
        "pages/replay/test_replay_access.py::test_what_was_sent_is_on_the_shelf_of_its_sender_alone",
        "pages/replay/test_replay_states.py::test_a_used_link_does_nothing_again",
        "pages/server/test_photos.py::test_another_posts_photo_is_not_given",
        "pages/forms/test_write_photos.py::test_a_photo_that_was_not_sent_cannot_be_claimed",
    ),
    "Decidim CVE-2026-45415": (
        "pages/replay/test_replay_access.py::test_the_row_of_a_file_names_no_other_groups_post",
        "geodata/test_post_workbook.py::test_a_workbook_is_for_ones_own_group",
    ),
    "Indico CVE-2026-28352": (
        "pages/forms/test_reach.py::test_every_page_has_a_row",
        "pages/forms/test_reach.py::test_nothing_is_done_without_the_pages_own_form",
        "pages/replay/test_replay_access.py::test_a_forged_act_does_nothing",
    ),
    "CKAN CVE-2023-32321": (
        "pages/replay/test_replay_access.py::test_a_guessed_id_answers_as_one_that_never_was",
        "pages/forms/test_reach.py::test_strange_addresses_are_never_a_fault",
        "portal/test_grouping.py::test_a_guessed_id_tells_nothing",
        "portal/test_posting.py::test_a_guessed_id_tells_nothing",
    ),
    "Mastodon CVE-2026-23964": (
        "pages/replay/test_replay_access.py::test_nobody_acts_before_their_group_is_approved",
        "portal/test_posting.py::test_a_first_post_waits_and_is_found_once_it_is_approved",
    ),
    # Requests that the server is made to send.
    "uMap's proxy": (
        "pages/outside/test_fetch.py::test_a_redirect_to_a_private_address_is_refused",
        "pages/outside/test_fetch.py::test_too_much_is_let_go",
        "pages/outside/test_fetch.py::test_an_answer_that_drips_ends_in_time",
    ),
    "GeoNode CVE-2026-39922": (
        "pages/outside/test_reachable.py::test_what_only_insiders_can_reach_is_refused",
        "pages/outside/test_fetch.py::test_a_name_that_turns_private_between_redirects_is_refused",
    ),
    "CKAN CVE-2024-43371": (
        "pages/outside/test_reachable.py::test_what_is_no_web_address_is_refused",
        "pages/outside/test_fetch.py::test_a_name_is_looked_up_once_for_each_connection",
        "portal/test_following.py::test_only_web_addresses_are_followed",
    ),
    # Questions to the store.
    "Decidim CVE-2026-45376": (
        "db/test_statements.py::test_no_statement_is_put_together_from_values",
        "pages/replay/test_replay_leaks.py::test_no_filter_and_no_order_by_what_is_hidden",
    ),
    "Decidim CVE-2024-43415": (
        "db/test_finding.py::test_texts_are_data_wherever_they_stand",
        "db/test_finding.py::test_signs_of_like_are_plain_signs",
    ),
    "datasette's ]": (
        "db/test_finding.py::test_texts_are_data_wherever_they_stand",
        "pages/forms/test_reach.py::test_strange_addresses_are_never_a_fault",
    ),
    # Entities of XML.
    "GeoServer CVE-2025-58360": ("geodata/test_rss.py::test_no_document_type_is_read",),
    "openpyxl CVE-2017-5992": (
        "geodata/test_table.py::test_workbooks_with_entities_are_refused",
        "test_bad_input.py::test_a_workbook_that_is_a_trap_is_refused",
    ),
    # Sign-ins.
    "CKAN CVE-2025-64100": (
        "pages/forms/test_sign_in.py::test_a_sign_in_takes_no_token_from_before",
        "portal/test_sessions.py::test_each_sign_in_has_a_token_of_its_own",
        "pages/replay/test_replay_states.py::test_a_replayed_cookie_is_nobodys_after_signing_out",
        "pages/replay/test_replay_states.py::test_a_form_of_another_sign_in_is_worth_nothing",
    ),
    "Indico GHSA-wgpj-7c2j-vfjm": (
        "pages/forms/test_links_by_mail.py::test_a_forged_host_causes_no_mail",
        "pages/forms/test_links_by_mail.py::test_links_lead_to_the_settings_address_only",
        "pages/forms/test_join.py::test_a_forged_host_sends_no_mail",
    ),
    "Decidim CVE-2023-48220": ("portal/test_identity.py::test_an_expired_invitation_is_not_revived_by_a_reset",),
    "streamlit-authenticator's empty allow-list": (
        "portal/test_identity.py::test_there_is_no_account_without_an_invitation",
        "portal/test_identity.py::test_nobody_else_is_let_in_by_a_provider",
    ),
    # Two at once.
    "Decidim CVE-2023-47634": (
        "pages/replay/test_replay_states.py::test_approving_twice_at_once_approves_once",
        "pages/replay/test_replay_states.py::test_sending_twice_at_once_sends_once",
        "pages/replay/test_replay_states.py::test_one_invitation_taken_up_twice_at_once_is_one_account",
        "portal/test_moderation.py::test_two_approvals_at_once_count_once",
    ),
    # The frameworks.
    "Starlette CVE-2023-29159": (
        "browser/test_replay.py::test_no_address_climbs_out_of_its_folder",
        "pages/server/test_every_answer.py::test_what_is_not_there_is_a_404",
    ),
    "Starlette CVE-2023-30798": (
        "pages/forms/test_base.py::test_a_form_over_its_limits_is_refused",
        "pages/forms/test_base.py::test_a_body_that_claims_to_be_small_is_counted",
    ),
    "Streamlit CVE-2022-35918": ("browser/test_replay.py::test_no_address_climbs_out_of_its_folder",),
    "Streamlit CVE-2023-27494": ("browser/test_replay.py::test_an_address_is_never_said_back_as_html",),
    "Streamlit CVE-2025-1684": (
        "pages/replay/test_replay_uploads.py::test_a_bad_file_is_a_sentence_and_nothing_is_kept",
        "pages/replay/test_replay_ids.py::test_no_screen_takes_a_file",
    ),
    "Pillow CVE-2026-40192": (
        "geodata/test_photos.py::test_a_renamed_file_is_no_photo",
        "pages/replay/test_replay_uploads.py::test_a_bad_file_is_a_sentence_and_nothing_is_kept",
    ),
    "Parquet, Feather and pickle": (
        "pages/replay/test_replay_uploads.py::test_a_bad_file_is_a_sentence_and_nothing_is_kept",
        "pages/replay/test_replay_ids.py::test_nothing_is_unpickled",
    ),
}
NOTHING_LIKE_IT: Final[dict[str, str]] = {
    "Symfony CVE-2021-41270": "Nothing that people wrote is handed out as a table: there is no export of one.",
}
"""Once there is such a thing it is replayed, and moves up."""
LIST: Final = frozenset(
    {
        *(f"Decidim CVE-{number}" for number in ("2026-23891", "2024-32034", "2023-51447", "2024-45594")),
        *(f"CKAN CVE-{number}" for number in ("2021-25967", "2025-24372", "2024-41675")),
        *("Indico CVE-2023-37901", "Indico CVE-2024-45399", "GeoNode CVE-2024-27091", "Leaflet CVE-2025-69993"),
        *(f"Decidim CVE-{number}" for number in ("2023-36465", "2026-40869", "2026-40870", "2024-27090", "2023-34090")),
        *("Decidim CVE-2026-45377", "Decidim CVE-2026-45415", "Indico CVE-2026-28352", "CKAN CVE-2023-32321"),
        *("Mastodon CVE-2026-23964", "uMap's proxy", "GeoNode CVE-2026-39922", "CKAN CVE-2024-43371"),
        *("Decidim CVE-2026-45376", "Decidim CVE-2024-43415", "datasette's ]", "GeoServer CVE-2025-58360"),
        *("openpyxl CVE-2017-5992", "CKAN CVE-2025-64100", "Indico GHSA-wgpj-7c2j-vfjm", "Decidim CVE-2023-48220"),
        *("streamlit-authenticator's empty allow-list", "Decidim CVE-2023-47634", "Symfony CVE-2021-41270"),
        *("Starlette CVE-2023-29159", "Starlette CVE-2023-30798", "Streamlit CVE-2022-35918"),
        *(
            "Streamlit CVE-2023-27494",
            "Streamlit CVE-2025-1684",
            "Pillow CVE-2026-40192",
            "Parquet, Feather and pickle",
        ),
    }
)
"""Every one of them."""
