// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QTreeView>

#include <initializer_list>

namespace qproxysql {

/// A plain list of rows with columns.
class RowsView : public QTreeView
{
    Q_OBJECT

public:
    explicit RowsView(const QString &accessibleName, QWidget *parent = nullptr);

    struct Share
    {
        int column;
        int parts;
    };
    /// Makes columns wide enough for their content and distributes the remaining width. Columns
    /// never become narrower, so that nothing moves back and forth.
    void fitColumns(std::initializer_list<Share> shares);

protected:
    void changeEvent(QEvent *event) override;

private:
    QList<int> m_widest;
};

} // namespace qproxysql
