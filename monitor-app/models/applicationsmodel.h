// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "models/keyedtable.h"
#include "models/tablecell.h"

#include <array>

namespace qproxysql {

/// A row for an application with sessions on a peer. Value type.
struct ApplicationRow
{
    enum Column {
        Application,
        Host,
        Pid,
        Sessions,
        InUse,
        KeptBy,
        EndsWhen,
        KnowsDrain,
        ColumnCount
    };

    QString key; ///< the process, or the account of other sessions
    std::array<TableCell, ColumnCount> cells;
    QString toolTip; ///< why its sessions stay
    QString sentence;

    friend bool operator==(const ApplicationRow &, const ApplicationRow &) = default;
};

/// The applications that have sessions on a peer, or are silent and may have some, and other sessions in the server's own list.
class ApplicationsModel : public KeyedTable<ApplicationRow>
{
    Q_OBJECT

public:
    using Column = ApplicationRow::Column;
    using enum ApplicationRow::Column;
    enum Role { SortRole = Qt::UserRole + 1 };

    /// \a clock: measures how long an application has been silent.
    explicit ApplicationsModel(QObject *parent = nullptr, const Clock &clock = Clock::steady());

    /// An empty \a peerName clears the model.
    void setView(const ClusterView &view, const QString &peerName);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    const Clock &m_clock;
};

} // namespace qproxysql
