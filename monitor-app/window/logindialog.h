// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLineEdit;
QT_END_NAMESPACE

namespace qproxysql {

/// Asks a person for the account of the window's own probes. The password goes to whoever connects to
/// typed(), is never in the settings, and only on demand in the keychain.
class LoginDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a source: whose account; \a why: what is wrong with the last one, empty: nothing.
    LoginDialog(const QString &source, const QString &user, const QString &why,
                QWidget *parent = nullptr);

    QLineEdit *userEdit() const { return m_user; }
    QLineEdit *passwordEdit() const { return m_password; }

Q_SIGNALS:
    void typed(const QString &user, const QString &password, bool keep);

private:
    QLineEdit *m_user;
    QLineEdit *m_password;
    QCheckBox *m_keep = nullptr; ///< without a keychain there is none
};

} // namespace qproxysql
