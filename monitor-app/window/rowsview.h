// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QTreeView>

namespace qproxysql {

/// A plain list of rows with columns.
class RowsView : public QTreeView
{
    Q_OBJECT

public:
    struct Share
    {
        int column;
        int parts;
    };
    /// \a shares: the columns that take the remaining width.
    RowsView(const QString &accessibleName, QList<Share> shares, QWidget *parent = nullptr);

    /// Makes columns wide enough for their content and distributes the remaining width. Columns
    /// never become narrower, so that nothing moves back and forth.
    virtual void fitColumns();

protected:
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    const QList<Share> m_shares;
    QList<int> m_widest;
};

} // namespace qproxysql
