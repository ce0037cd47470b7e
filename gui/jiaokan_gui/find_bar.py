"""The bar below the text in which the reader says what to find. It knows nothing of documents."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from jiaokan_gui.document import Side
from jiaokan_gui.search_pattern import Query

_DELAY = 120  # milliseconds without a key, and the words are what the reader looks for
_WRONG = "#c62828"  # readable on light; on dark it is lightened
_WRONG_ON_DARK = "#ff8a80"


class FindBar(QFrame):
    """Words or an expression, what they mean, and where to look."""

    query_changed = Signal()
    next_wanted = Signal()
    previous_wanted = Signal()
    stop_wanted = Signal()
    all_tabs_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty and hidden."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Find"))
        self.setAutoFillBackground(True)
        self.words = QLineEdit(placeholderText=self.tr("Find"), clearButtonEnabled=True)
        self.words.setAccessibleName(self.tr("Find"))
        self.words.setMinimumWidth(90)
        self.previous = self._button(self.tr("Previous (Shift+F3)"), arrow=Qt.ArrowType.UpArrow)
        self.next = self._button(self.tr("Next (F3)"), arrow=Qt.ArrowType.DownArrow)
        self.case = self._button(self.tr("Match case"), text="Aa", checkable=True)
        self.regular = self._button(self.tr("Regular expression"), text=".*", checkable=True)
        self.where = QComboBox()
        self.where.setMinimumWidth(70)
        self.where.setAccessibleName(self.tr("Where to look"))
        self.where.addItem(self.tr("Both columns"), (Side.RAW, Side.REPAIRED))
        self.where.addItem(self.tr("Raw"), (Side.RAW,))
        self.where.addItem(self.tr("Repaired"), (Side.REPAIRED,))
        self.told = QLabel()
        self.told.setAccessibleName(self.tr("Found"))
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.stop = self._button(self.tr("Stop searching"), text=self.tr("Stop"))
        self.all_tabs = self._button(self.tr("List what is found in all tabs (Ctrl+Shift+F)"), text=self.tr("All Tabs"))
        self.close_button = self._button(self.tr("Close (Esc)"), text="✕")
        self._is_wrong = False
        self._keep_room(self.stop)
        self._lay_out()
        self._timer = QTimer(self, interval=_DELAY, singleShot=True)
        self._connect()
        self.hide()

    def _button(
        self,
        name: str,
        *,
        text: str = "",
        arrow: Qt.ArrowType = Qt.ArrowType.NoArrow,
        checkable: bool = False,
    ) -> QToolButton:
        button = QToolButton(autoRaise=True)
        button.setText(text)
        button.setCheckable(checkable)
        button.setArrowType(arrow)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @staticmethod
    def _keep_room(button: QToolButton) -> None:
        """Let what is beside the button stay where it is when the button is hidden."""
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.hide()

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 4, 6, 4)
        layout.setSpacing(4)
        layout.addWidget(self.words, 1)
        for part in (self.previous, self.next, self.case, self.regular, self.where):
            layout.addWidget(part)
        layout.addSpacing(6)
        layout.addWidget(self.told, 1)
        for part in (self.stop, self.all_tabs, self.close_button):
            layout.addWidget(part)

    def _connect(self) -> None:
        self._timer.timeout.connect(self.query_changed)
        self.words.textChanged.connect(self._timer.start)
        for button in (self.case, self.regular):
            button.toggled.connect(self.query_changed)
        self.where.currentIndexChanged.connect(self.query_changed)
        self.next.clicked.connect(self.next_wanted)
        self.previous.clicked.connect(self.previous_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.all_tabs.clicked.connect(self.all_tabs_wanted)
        self.close_button.clicked.connect(self.closed)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.closed)

    @property
    def query(self) -> Query:
        """What is to be found."""
        sides = tuple(self.where.currentData())
        return Query(self.words.text(), self.regular.isChecked(), self.case.isChecked(), sides)

    @property
    def is_typing(self) -> bool:
        """Whether the words have changed and nobody has been told yet."""
        return self._timer.isActive()

    def open(self, words: str) -> None:
        """Show the bar, the keyboard in it; ``words``, if there are any, are to be found."""
        self.show()
        if words:
            self.words.setText(words)
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Tell of words that have just been typed."""
        if self._timer.isActive():
            self._timer.stop()
            self.query_changed.emit()

    def tell(self, words: str, *, wrong: bool = False, busy: bool = False) -> None:
        """Say how the search goes; ``wrong``: there is something to put right."""
        self.told.setText(words)
        self.told.setToolTip(words)
        self._is_wrong = wrong
        self._colour()
        self.stop.setVisible(busy)

    def _colour(self) -> None:
        palette = QPalette()  # what is not set in it follows the theme
        if self._is_wrong:
            dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
            palette.setColor(QPalette.ColorRole.WindowText, _WRONG_ON_DARK if dark else _WRONG)
        self.told.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "told"):
            self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.previous_wanted if back else self.next_wanted).emit()
            return
        super().keyPressEvent(event)
