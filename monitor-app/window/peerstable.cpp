// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/peerstable.h"

#include "models/displaystate.h"
#include "models/peerdelegate.h"

#include <QtGui/QContextMenuEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int TurnInterval = 150; ///< ms
constexpr double TurnStep = 0.125;

} // namespace

PeersTable::PeersTable(const QString &poolName, QWidget *parent)
    : RowsView(tr("Peers"), {{PeersModel::Peer, 1}, {PeersModel::State, 1}, {PeersModel::Trend, 2}},
               parent)
    , m_model(poolName)
    , m_delegate(new PeerDelegate(this))
    , m_columnsMenu(new QMenu(this))
{
    setObjectName(u"peers"_s);
    setSortingEnabled(true);
    setItemDelegate(m_delegate);
    m_order.setSourceModel(&m_model);
    setModel(&m_order);
    setUpHeader();
    m_turning.setInterval(TurnInterval);
    connect(&m_turning, &QTimer::timeout, this, &PeersTable::turnGlyphs);
}

void PeersTable::setUpHeader()
{
    header()->setObjectName(u"columns"_s);
    header()->setSectionsMovable(true);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    header()->setSortIndicator(PeersModel::Peer, Qt::AscendingOrder);
    showDefaultColumns();
    for (int column = 0; column < PeersModel::ColumnCount; ++column) {
        QAction *const action = m_columnsMenu->addAction(
                m_model.headerData(column, Qt::Horizontal).toString());
        action->setToolTip(m_model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString());
        action->setCheckable(true);
        action->setEnabled(column != PeersModel::Peer);
        connect(action, &QAction::triggered, this, [this, column](bool isShown) {
            m_isFitting = true; // the user has resized none
            setColumnHidden(column, !isShown);
            m_isFitting = false;
            fitColumns();
            Q_EMIT columnsChanged();
        });
    }
    m_columnsMenu->setTitle(tr("&Columns"));
    m_columnsMenu->setToolTipsVisible(true);
    m_columnsMenu->addSeparator();
    QAction *const reset = m_columnsMenu->addAction(tr("&Reset Columns"));
    connect(reset, &QAction::triggered, this, [this] {
        resetColumns();
        Q_EMIT columnsChanged();
    });
    connect(m_columnsMenu, &QMenu::aboutToShow, this, &PeersTable::columnsMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, [this](const QPoint &position) {
        hold();
        connect(m_columnsMenu, &QMenu::aboutToHide, this, &PeersTable::release,
                Qt::SingleShotConnection);
        columnsMenu()->popup(header()->mapToGlobal(position));
    });
    connect(header(), &QHeaderView::sectionResized, this, [this] {
        if (m_isFitting)
            return;
        m_isSized = true;
        Q_EMIT columnsChanged();
    });
    connect(header(), &QHeaderView::sectionMoved, this, &PeersTable::columnsChanged);
    connect(header(), &QHeaderView::sortIndicatorChanged, this, &PeersTable::columnsChanged);
}

void PeersTable::showDefaultColumns()
{
    for (int column = 0; column < PeersModel::ColumnCount; ++column)
        setColumnHidden(column, column >= PeersModel::DefaultColumns);
}

QMenu *PeersTable::columnsMenu()
{
    const QList<QAction *> actions = m_columnsMenu->actions();
    for (int column = 0; column < PeersModel::ColumnCount; ++column)
        actions.at(column)->setChecked(!isColumnHidden(column));
    return m_columnsMenu;
}

void PeersTable::resetColumns()
{
    for (int column = 0; column < PeersModel::ColumnCount; ++column)
        header()->moveSection(header()->visualIndex(column), column);
    showDefaultColumns();
    sortByColumn(PeersModel::Peer, Qt::AscendingOrder);
    m_isSized = false;
    fitColumns();
}

/// Preceded by a byte that says whether the user has resized columns.
QByteArray PeersTable::columns() const
{
    return (m_isSized ? "s" : "a") + header()->saveState();
}

void PeersTable::setColumns(const QByteArray &state)
{
    if (state.size() < 2)
        return;
    m_isFitting = true;
    const bool isGood = header()->restoreState(state.mid(1));
    m_isFitting = false;
    m_isSized = isGood && state.startsWith('s');
    if (isGood)
        sortByColumn(header()->sortIndicatorSection(), header()->sortIndicatorOrder());
    fitColumns();
}

void PeersTable::setView(const ClusterView &view)
{
    m_model.setView(view);
    fitColumns();
    const bool isAnyChecking = !m_model.match(m_model.index(0, 0), PeersModel::StateRole,
                                              int(DisplayState::Checking), 1, Qt::MatchExactly)
                                        .isEmpty();
    if (isAnyChecking != m_turning.isActive())
        isAnyChecking ? m_turning.start() : m_turning.stop();
}

void PeersTable::turnGlyphs()
{
    m_phase = m_phase + TurnStep >= 1 ? 0 : m_phase + TurnStep;
    m_delegate->setPhase(m_phase);
    const int x = columnViewportPosition(PeersModel::State);
    viewport()->update(x, 0, columnWidth(PeersModel::State), viewport()->height());
}

void PeersTable::fitColumns()
{
    if (m_isSized)
        return;
    m_isFitting = true;
    RowsView::fitColumns();
    m_isFitting = false;
}

void PeersTable::setCurrentPeer(const QString &name)
{
    const QModelIndex index = m_order.mapFromSource(m_model.index(m_model.rowOf(name), 0));
    if (index.isValid())
        select(index);
}

/// Selects only this row, independent of keyboard modifiers.
void PeersTable::select(const QModelIndex &index)
{
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect
                                                     | QItemSelectionModel::Rows);
}

void PeersTable::selectWorst()
{
    QModelIndex worst;
    int most = -1;
    for (int row = 0; row < m_order.rowCount(); ++row) {
        const QModelIndex index = m_order.index(row, 0);
        const int severity = severityOf(DisplayState(index.data(PeersModel::StateRole).toInt()));
        if (severity > most) {
            worst = index;
            most = severity;
        }
    }
    if (worst.isValid())
        select(worst);
}

void PeersTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    RowsView::currentChanged(current, previous);
    noteSelection();
}

void PeersTable::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    RowsView::selectionChanged(selected, deselected);
    noteSelection();
}

/// A current row that is not highlighted does not count: nobody sees it.
void PeersTable::noteSelection()
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    QStringList names;
    for (const QModelIndex &row : std::as_const(rows))
        names.append(row.data(PeersModel::NameRole).toString());
    const QString current = currentIndex().data(PeersModel::NameRole).toString();
    const QString name = names.contains(current) ? current : names.value(0);
    if (name == m_currentPeer && names == m_selectedPeers)
        return;
    m_currentPeer = name;
    m_selectedPeers = names;
    Q_EMIT selectedPeersChanged();
}

QModelIndexList PeersTable::selectedCells() const
{
    QModelIndexList cells = selectionModel()->selectedIndexes();
    cells.removeIf([this](const QModelIndex &index) { return isColumnHidden(index.column()); });
    return cells;
}

void PeersTable::hold()
{
    ++m_holds;
    applyHold();
}

void PeersTable::release()
{
    --m_holds;
    applyHold();
}

void PeersTable::applyHold()
{
    m_order.setHeld(m_holds > 0 || m_isPointerOver);
}

bool PeersTable::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Enter || event->type() == QEvent::Leave) {
        m_isPointerOver = event->type() == QEvent::Enter;
        applyHold();
    }
    return RowsView::viewportEvent(event);
}

void PeersTable::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isKey ? currentIndex() : indexAt(event->pos());
    if (!index.isValid())
        return;
    const QPoint position = isKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft())
                                  : event->globalPos();
    Q_EMIT menuWanted(index.data(PeersModel::NameRole).toString(), position);
}

} // namespace qproxysql
