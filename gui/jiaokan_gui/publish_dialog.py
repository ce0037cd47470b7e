"""The dialog before a file is written: says plainly what will be written, and how; asks what must be asked."""

from __future__ import annotations

from pathlib import Path

from jiaokan.files import is_one_of
from jiaokan.formats import COMPLETE_REPORT, TextFormat, has_mark, usual_mark
from jiaokan.script import Script
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QMessageBox,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from jiaokan_gui.decided_edition import DecidedEdition
from jiaokan_gui.products import product_contents, product_name
from jiaokan_gui.publisher import Publisher
from jiaokan_gui.publishing import Product, Wish
from jiaokan_gui.scripts import script_name
from jiaokan_gui.unwritable_panel import UnwritablePanel

_WIDTH = 560  # pixels
_SPACE = 8
_PAPERS = ("A4", "A5", "B5", "Letter", "Legal")


def _tr(text: str) -> str:
    return QCoreApplication.translate("publish", text)


def _encoding_names() -> dict[str, str]:
    return {
        "utf-8": "UTF-8",
        "gb18030": "GB18030",
        "cp950": _tr("Big5 (as Windows has it)"),
        "big5hkscs": "Big5-HKSCS",
        "utf-16-le": "UTF-16",
    }


class PublishDialog(QDialog):
    """Asks how the document is to be written; accepted only when nothing is left to ask."""

    def __init__(
        self,
        publisher: Publisher,
        edition: DecidedEdition,
        product: Product,
        path: Path,
        source: Path,
        parent: QWidget | None = None,
    ) -> None:
        """Ask how a document is to be written.

        Args:
            publisher: Who will write it.
            edition: What the publisher has.
            product: What it becomes.
            path: Where.
            source: The document's own file.
            parent: The window.
        """
        super().__init__(parent)
        self.path = path
        self.product = product
        self._publisher, self._edition = publisher, edition
        self._is_source = is_one_of(path, [source])
        self._is_checking = False
        self.setWindowTitle(_tr("Save Repaired As") if product is Product.TEXT else _tr("Export"))
        self.setMinimumWidth(_WIDTH)
        self.encoding, self.mark, self.newline = QComboBox(), QCheckBox(_tr("&Byte order mark")), QComboBox()
        self.script, self.paper = QComboBox(), QComboBox()
        self.unwritable = UnwritablePanel()
        self.unwritable.chosen.connect(self._update)
        self._progress = QProgressBar(textVisible=False, maximum=1000)
        self._progress.setAccessibleName(_tr("Looking for characters that the encoding cannot write"))
        self.buttons = QDialogButtonBox()
        self._write = self.buttons.addButton(
            _tr("&Save") if product is Product.TEXT else _tr("&Export"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self._fill()
        publisher.checked.connect(self._checked)
        publisher.progress_changed.connect(self._show_progress)
        self._encoding_changed()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        name = QLabel(f"<b>{product_name(self.product)}</b>")
        outer.addWidget(name)
        outer.addWidget(QLabel(self._contents(), wordWrap=True))
        outer.addSpacing(_SPACE)
        form = QFormLayout(fieldGrowthPolicy=QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        file = QLabel(str(self.path), wordWrap=True)
        file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(_tr("File:"), file)
        if self.product.is_text:
            form.addRow(_tr("&Encoding:"), self.encoding)
            form.addRow("", self.mark)
        if self.product in (Product.TEXT, Product.MARKDOWN):
            form.addRow(_tr("&Line ends:"), self.newline)
        form.addRow(_tr("S&cript:"), self.script)
        if self.product is Product.PDF:
            form.addRow(_tr("&Paper:"), self.paper)
        outer.addLayout(form)
        if self._is_source:
            outer.addWidget(_warning(_tr("This is the file that was opened. What is in it is kept beside it.")))
        if self._edition.repairs.known < len(self._edition.rows):
            share = self._edition.repairs.known / len(self._edition.rows)
            words = _tr("The repair was stopped after {share} of the text. What comes behind is raw.")
            outer.addWidget(_warning(words.format(share=f"{share:.0%}")))
        outer.addWidget(self._progress)
        outer.addWidget(self.unwritable, 1)
        outer.addStretch()
        outer.addWidget(self.buttons)

    def _contents(self) -> str:
        """Return what will be in the file, in a sentence or two."""
        sentences = [product_contents(self.product)]
        if self.product is Product.HTML and self._edition.length > COMPLETE_REPORT:
            sentences.append(_tr("Of a text as long as this only what is changed is shown, and what stands beside it."))
        return " ".join(sentences)

    def _fill(self) -> None:
        names = _encoding_names()
        own = self._edition.encoding
        if own not in names:
            names[own] = own.upper()
        for codec, name in names.items():
            shown = _tr("{name}, as the file was").format(name=name) if codec == own else name
            self.encoding.addItem(shown, codec)
        self.encoding.currentIndexChanged.connect(self._encoding_changed)
        kinds = {"\n": _tr("LF (Unix, macOS)"), "\r\n": _tr("CR LF (Windows)"), "\r": _tr("CR (old Macs)")}
        kept = {"\n": "LF", "\r\n": "CR LF", "\r": "CR"}[self._edition.newline]
        self.newline.addItem(_tr("As they are (most: {name})").format(name=kept), "")
        for newline, name in kinds.items():
            self.newline.addItem(name, newline)
        self.script.addItem(_tr("As repaired"), Script.AS_IS)
        if self._edition.script is not Script.AS_IS:
            self.script.addItem(
                _tr("{name}, as shown").format(name=script_name(self._edition.script)), self._edition.script
            )
        self.script.currentIndexChanged.connect(self._check)
        self.paper.addItems(_PAPERS)
        is_american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
        self.paper.setCurrentText("Letter" if is_american else "A4")

    @property
    def wish(self) -> Wish:
        """How the document is wanted."""
        if not self.product.is_text:
            form = TextFormat()
        else:
            form = TextFormat(
                self.encoding.currentData(),
                self.mark.isChecked(),
                self.newline.currentData(),
                self.unwritable.substitution,
                self._edition.encoding,
            )
        return Wish(self.product, form, Script(self.script.currentData()), self.paper.currentText())

    def _encoding_changed(self) -> None:
        codec = self.encoding.currentData()
        self.mark.setEnabled(has_mark(codec))
        self.mark.setChecked(usual_mark(codec) or (codec == self._edition.encoding and self._edition.bom))
        self._check()

    def _check(self) -> None:
        """Ask what cannot be written."""
        self.unwritable.show_found((), self.encoding.currentData(), self.encoding.currentText())
        self._is_checking = self.product.is_text and self._may_have_unwritable()
        if self._is_checking:
            self._progress.setValue(0)
            self._publisher.check(self.wish)
        self._update()

    def _may_have_unwritable(self) -> bool:
        writes_all = has_mark(self.encoding.currentData())  # encodings of Unicode, all of them
        return not writes_all or not _is_encodable(self._edition.text)

    def _checked(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._is_checking = False
        self.unwritable.show_found(found, self.encoding.currentData(), self.encoding.currentText())
        self._update()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setValue(done * 1000 // max(1, total))

    def _update(self) -> None:
        self._progress.setVisible(self._is_checking)
        if self.unwritable.isHidden() is not self.unwritable.is_empty:
            self.unwritable.setVisible(not self.unwritable.is_empty)
            self.adjustSize()
        self._write.setEnabled(not self._is_checking and self.unwritable.is_settled)

    def accept(self) -> None:
        """Close the dialog if the reader means it."""
        if not self._is_source or self._means_to_overwrite():
            super().accept()

    def _means_to_overwrite(self) -> bool:
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            self.windowTitle(),
            _tr("Overwrite {name}, the file that was opened?").format(name=self.path.name),
            parent=self,
        )
        box.setInformativeText(
            _tr("What is in it now is kept beside it as {name}.orig (or .orig2 and so on).").format(name=self.path.name)
        )
        overwrite = box.addButton(_tr("&Overwrite"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
        box.exec()
        return box.clickedButton() is overwrite

    @property
    def overwrites_source(self) -> bool:
        """Whether the file is the document's own, and the reader wants that."""
        return self._is_source


def _warning(text: str) -> QLabel:
    label = QLabel(f"⚠ {text}", wordWrap=True)
    label.setAccessibleName(text)
    return label


def _is_encodable(text: str) -> bool:
    """Return whether ``text`` has no lone surrogates."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
