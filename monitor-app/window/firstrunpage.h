// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace qproxysql {

class MonitorActions;

/// The page for the case that no pool is known: shows where applications are searched, and offers
/// other actions.
class FirstRunPage : public QWidget
{
    Q_OBJECT

public:
    explicit FirstRunPage(MonitorActions &actions, QWidget *parent = nullptr);

    void setFolder(const QString &folder); ///< the folder of the applications' reports

private:
    QLabel *m_where;
};

} // namespace qproxysql
