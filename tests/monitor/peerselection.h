// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/peerstable.h"

#include <QtCore/QItemSelectionModel>

inline void select(qproxysql::PeersTable &table, const QString &peer)
{
    const QModelIndex first = table.model()->index(0, 0);
    const auto found = table.model()->match(first, qproxysql::PeersModel::NameRole, peer, 1,
                                            Qt::MatchExactly);
    table.selectionModel()->setCurrentIndex(found.value(0), QItemSelectionModel::ClearAndSelect
                                                                    | QItemSelectionModel::Rows);
}
