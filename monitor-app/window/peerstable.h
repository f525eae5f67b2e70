// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/peersmodel.h"
#include "models/peersorder.h"
#include "window/rowsview.h"

#include <QtCore/QTimer>

QT_BEGIN_NAMESPACE
class QMenu;
QT_END_NAMESPACE

namespace qproxysql {

class PeerDelegate;

/// The peers of one pool, a row each. Columns fit their content until the user resizes them. Rows
/// do not move while the pointer is over them, and while hold() is set.
class PeersTable : public RowsView
{
    Q_OBJECT

public:
    /// The version of the columns' state. A state of another version is ignored.
    static constexpr int ColumnsVersion = 100 + PeersModel::ColumnCount;

    explicit PeersTable(const QString &poolName, QWidget *parent = nullptr);

    PeersOrder &order() { return m_order; }

    void setView(const ClusterView &view);
    /// The highlighted row that has the focus, else the first that is highlighted: host:port;
    /// empty: none is highlighted.
    QString currentPeer() const { return m_currentPeer; }
    QStringList selectedPeers() const { return m_selectedPeers; } ///< as they are sorted
    void setCurrentPeer(const QString &name);
    void selectWorst(); ///< the peer with the worst state
    void hold();        ///< until release()
    void release();

    QMenu *columnsMenu(); ///< a checkable action for each column; owned by this
    void resetColumns();
    QByteArray columns() const;
    void setColumns(const QByteArray &state);
    /// Fits columns to their content unless the user has resized one.
    void fitColumns() override;
    QModelIndexList selectedCells() const; ///< of the visible columns

Q_SIGNALS:
    void selectedPeersChanged(); ///< or which of them is the current one
    void menuWanted(const QString &peer, const QPoint &globalPosition);
    void columnsChanged(); ///< by the user

protected:
    bool viewportEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void selectionChanged(const QItemSelection &selected, const QItemSelection &deselected) override;

private:
    void setUpHeader();
    void noteSelection();
    void showDefaultColumns();
    void select(const QModelIndex &index);
    void applyHold();
    void turnGlyphs();

    PeersModel m_model;
    PeersOrder m_order;
    PeerDelegate *const m_delegate;
    QMenu *const m_columnsMenu;
    QTimer m_turning; ///< animates the glyph of Checking
    double m_phase = 0;
    bool m_isFitting = false;
    bool m_isSized = false; ///< by the user
    bool m_isPointerOver = false;
    int m_holds = 0;
    QString m_currentPeer;
    QStringList m_selectedPeers;
};

} // namespace qproxysql
