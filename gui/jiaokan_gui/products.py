"""What readers call the products, what is in them, and how their files are named."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from jiaokan_gui.publishing import Product

SUFFIXES = {
    Product.TEXT: ".txt",
    Product.HTML: ".html",
    Product.PDF: ".pdf",
    Product.MARKDOWN: ".md",
    Product.DIFF: ".diff",
    Product.JSON: ".json",
}
"""The usual ending of a file's name."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("products", text)


def product_name(product: Product) -> str:
    """Return what readers call the product."""
    names = {
        Product.TEXT: _tr("Repaired text"),
        Product.HTML: _tr("HTML report"),
        Product.PDF: _tr("PDF"),
        Product.MARKDOWN: _tr("Markdown"),
        Product.DIFF: _tr("Unified diff"),
        Product.JSON: _tr("JSON"),
    }
    return names[product]


def product_contents(product: Product) -> str:
    """Return a sentence about what is in the file."""
    contents = {
        Product.TEXT: _tr("The repaired text, as you decided about the changes."),
        Product.HTML: _tr(
            "Raw and repaired text side by side, every change with its evidence, to look at and to print."
        ),
        Product.PDF: _tr("The repaired text, as you decided about the changes, with the outline as bookmarks."),
        Product.MARKDOWN: _tr("The repaired text, as you decided about the changes, with the outline as headings."),
        Product.DIFF: _tr("The lines that are changed, raw and repaired, as the program patch reads them."),
        Product.JSON: _tr("Both texts, every change with its evidence and the outline, for programs."),
    }
    return contents[product]
