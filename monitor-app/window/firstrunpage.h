// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace qproxysql {

class MonitorActions;

/// What is shown while no pool is known: where applications are looked for, and what else can be done.
class FirstRunPage : public QWidget
{
    Q_OBJECT

public:
    explicit FirstRunPage(MonitorActions &actions, QWidget *parent = nullptr);

    void setFolder(const QString &folder); ///< that applications report to

private:
    QLabel *m_where;
};

} // namespace qproxysql
