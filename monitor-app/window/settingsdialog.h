// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLineEdit;
class QSpinBox;
QT_END_NAMESPACE

namespace qproxysql {

class AttentionBox;
class Desktop;
class MonitorSettings;

/// Edits the account for this machine's pools and its password source, the strip above the pools,
/// when a drain counts as forgotten, read-only mode, tray and notifications. Saves when accepted; account and
/// read-only mode change at the next start, the others at once.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    SettingsDialog(MonitorSettings &settings, const Desktop &desktop, QWidget *parent = nullptr);

private:
    void save();

    MonitorSettings &m_settings;
    QLineEdit *m_user;
    QLineEdit *m_command;
    QLineEdit *m_optionFile;
    QLineEdit *m_banner;
    QSpinBox *m_forgottenAfter;
    QCheckBox *m_readOnly;
    AttentionBox *m_attention;
};

} // namespace qproxysql
