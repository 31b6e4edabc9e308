"""What the schemas of HSDS 3.0 say of each object: all its fields, and those that it must have.

Source: openreferral/specification, folder ``schema`` (version 3.0): ``service.json``, ``organization.json``,
``location.json`` and so on, read 2026-11-22; the head of a list from ``schema/openapi.json`` (components, Page) and
``docs/hsds/api_reference.md``; ``service`` within a service at a location and ``services`` within an organisation from
``examples/service_at_location_full.json`` and the description of ``/organizations/{id}`` there.
"""

from __future__ import annotations

from typing import Any, Final

FIELDS: Final = {
    "service": (
        "id organization_id program_id name alternate_name description url email status interpretation_services "
        "application_process fees_description wait_time fees accreditations eligibility_description minimum_age "
        "maximum_age assured_date assurer_email licenses alert last_modified phones schedules service_areas "
        "service_at_locations languages organization funding cost_options program required_documents contacts "
        "attributes metadata"
    ),
    "organization": (
        "id name alternate_name description email website tax_status tax_id year_incorporated legal_status logo uri "
        "parent_organization_id funding contacts phones locations programs organization_identifiers attributes "
        "metadata services"
    ),
    "location": (
        "id location_type url organization_id name alternate_name description transportation latitude longitude "
        "external_identifier external_identifier_type languages addresses contacts accessibility phones schedules "
        "attributes metadata"
    ),
    "service_at_location": (
        "id service_id location_id description contacts phones schedules location attributes metadata service"
    ),
    "schedule": (
        "id service_id location_id service_at_location_id valid_from valid_to dtstart timezone until count wkst freq "
        "interval byday byweekno bymonthday byyearday description opens_at closes_at schedule_link attending_type "
        "notes attributes metadata"
    ),
    "address": (
        "id location_id attention address_1 address_2 city region state_province postal_code country address_type "
        "attributes metadata"
    ),
    "phone": (
        "id location_id service_id organization_id contact_id service_at_location_id number extension type "
        "description languages attributes metadata"
    ),
    "contact": (
        "id organization_id service_id service_at_location_id location_id name title department email phones "
        "attributes metadata"
    ),
    "accessibility": "id location_id description details url attributes metadata",
    "service_area": "id service_id name description extent extent_type uri attributes metadata",
    "language": "id service_id location_id phone_id name code note attributes metadata",
    "cost_option": ("id service_id valid_from valid_to option currency amount amount_description attributes metadata"),
    "attribute": "id link_id taxonomy_term_id link_type link_entity value taxonomy_term metadata label",
    "taxonomy_term": (
        "id code name description parent_id taxonomy taxonomy_detail language taxonomy_id term_uri metadata"
    ),
    "taxonomy": "id name description uri version metadata",
    "page": "total_items total_pages page_number size first_page last_page empty contents",
    "about": "version profile openapi_url",
}
REQUIRED: Final = {
    "service": "id name status",
    "organization": "id name description",
    "location": "id location_type",
    "address": "id address_1 city state_province postal_code country address_type",
    "phone": "id number",
    "taxonomy_term": "id name description",
    "taxonomy": "id name description",
    "page": "total_items total_pages page_number size first_page last_page empty contents",
    "about": "version profile openapi_url",
}
"""Of all others the id alone."""
WITHIN: Final = {
    "phones": "phone",
    "schedules": "schedule",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "languages": "language",
    "organization": "organization",
    "cost_options": "cost_option",
    "contacts": "contact",
    "attributes": "attribute",
    "locations": "location",
    "location": "location",
    "addresses": "address",
    "accessibility": "accessibility",
    "service": "service",
    "services": "service",
    "taxonomy_term": "taxonomy_term",
}
CODES: Final = {
    ("service", "status"): {"active", "inactive", "defunct", "temporarily closed"},
    ("location", "location_type"): {"physical", "postal", "virtual"},
    ("address", "address_type"): {"physical", "postal", "virtual"},
    ("schedule", "freq"): {"WEEKLY", "MONTHLY"},
    ("schedule", "wkst"): {"MO", "TU", "WE", "TH", "FR", "SA", "SU"},
}
NUMBERS: Final = {
    ("location", "latitude"),
    ("location", "longitude"),
    ("schedule", "timezone"),
    ("schedule", "count"),
    ("schedule", "interval"),
    ("cost_option", "amount"),
}
"""All other fields that hold one value are text."""


def wrong(sort: str, of: dict[str, Any]) -> list[str]:
    """Everything in an object, and in all within it, that its schema does not allow."""
    found = [f"{sort}: {name} is no field" for name in of if name not in FIELDS[sort].split()]
    found += [f"{sort}: {name} is missing" for name in REQUIRED.get(sort, "id").split() if name not in of]
    for name, value in of.items():
        if name in WITHIN:
            several = value if isinstance(value, list) else [value]
            found += [one for item in several for one in wrong(WITHIN[name], item)]
        elif (sort, name) in NUMBERS:
            found += [] if isinstance(value, int | float) else [f"{sort}: {name} is no number"]
        elif sort != "page" and not isinstance(value, str):
            found.append(f"{sort}: {name} is no text")
        if (codes := CODES.get((sort, name))) and value not in codes:
            found.append(f"{sort}: {name} is {value!r}")
    return found
