// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"

#include <QtCore/QList>
#include <QtWidgets/QGroupBox>

QT_BEGIN_NAMESPACE
class QCheckBox;
QT_END_NAMESPACE

namespace qproxysql {

class Desktop;
class MonitorSettings;

/// The part of the settings about the tray and notifications. Says what the desktop does not offer.
class AttentionBox : public QGroupBox
{
    Q_OBJECT

public:
    AttentionBox(const MonitorSettings &settings, const Desktop &desktop, QWidget *parent = nullptr);

    void save(MonitorSettings *settings) const;

private:
    QCheckBox *addBox(const QString &name, const QString &text, bool isOn);

    QCheckBox *m_icon;
    QCheckBox *m_close;
    QList<QCheckBox *> m_kinds; ///< in the order of Notifications::Kinds
};

} // namespace qproxysql
