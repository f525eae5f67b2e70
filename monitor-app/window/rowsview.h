// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QTreeView>

namespace qproxysql {

/// A plain list of rows with columns, as the lower panes have them.
class RowsView : public QTreeView
{
    Q_OBJECT

public:
    explicit RowsView(const QString &accessibleName, QWidget *parent = nullptr);

    /// Makes columns wide enough for what they hold; \a stretched gets what is left. Never narrower than
    /// before, so that nothing moves to and fro.
    void fitColumns(int stretched);

private:
    QList<int> m_widest;
};

} // namespace qproxysql
