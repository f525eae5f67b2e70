// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QWidget>

namespace qproxysql {

class MonitorActions;

/// The page for the case that no pool is known: shows where applications are searched, and offers
/// other actions.
class FirstRunPage : public QWidget
{
    Q_OBJECT

public:
    /// \a folder: of the applications' reports.
    FirstRunPage(MonitorActions &actions, const QString &folder, QWidget *parent = nullptr);
};

} // namespace qproxysql
