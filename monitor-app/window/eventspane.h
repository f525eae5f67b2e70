// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/eventsmodel.h"
#include "models/wordfilter.h"

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLineEdit;
QT_END_NAMESPACE

namespace qproxysql {

class RowsView;

/// The events of one pool, including actions of operators.
class EventsPane : public QWidget
{
    Q_OBJECT

public:
    explicit EventsPane(const QString &pool, QWidget *parent = nullptr);

    enum class Age { New, Old }; ///< Old: from before the window started
    void append(const QList<ClusterEvent> &events, Age age = Age::New);
    int newEvents() const { return m_new; } ///< added while the pane was hidden
    RowsView *rows() const { return m_rows; }

Q_SIGNALS:
    void newEventsChanged();

protected:
    void showEvent(QShowEvent *event) override;

private:
    const QString m_pool;
    EventsModel m_model;
    WordFilter m_order;
    QLineEdit *m_filter;
    QCheckBox *m_follow;
    QCheckBox *m_actions;
    RowsView *m_rows;
    int m_new = 0;
};

} // namespace qproxysql
