"""A page of HTML as a PDF, made on this machine by WeasyPrint."""

from __future__ import annotations

from typing import Final

from PIL import ImageFile

from portal.errors import ConflictError

PACKAGES: Final = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig", "fonts-noto-cjk")
"""Debian's and Ubuntu's packages with the libraries that WeasyPrint loads, and the Japanese type that it embeds."""
VARIANT: Final = "pdf/ua-1"
"""Tagged, so that screen readers find headings, tables and descriptions of pictures (ISO 14289-1)."""


def pdf_of(html: str) -> bytes:
    """The page as a PDF with its fonts embedded.

    Only ``data:`` addresses and our own style sheets (``<link rel="stylesheet" href="asset:report.css">``) are
    fetched. Raises ConflictError where WeasyPrint's libraries are not on this machine.
    """
    try:
        import weasyprint  # noqa: PLC0415  # loads libraries that a machine may not have: the portal runs without

        from pages.report.fetching import NothingOutside  # noqa: PLC0415  # the same
    except (ImportError, OSError) as error:
        raise ConflictError("report_pdf.no_library", packages=" ".join(PACKAGES)) from error
    finally:
        # WeasyPrint 70 has Pillow take cut-off pictures from then on, in all of the process: photos are refused.
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    page = weasyprint.HTML(string=html, base_url=None, url_fetcher=NothingOutside())
    pdf: bytes = page.write_pdf(pdf_variant=VARIANT)
    return pdf
