// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QFormLayout;
class QLineEdit;
QT_END_NAMESPACE

namespace qproxysql {

/// Asks a person for the account of the window's own probes, and for the files that TLS needs. The
/// password goes to whoever connects to typed(), is never in the settings, and only on demand in
/// the keychain.
class LoginDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a source: whose account; \a known: the last one, user and TLS files; \a why: what is wrong with it,
    /// empty: nothing.
    LoginDialog(const QString &source, const LoginSource &known, const QString &why,
                QWidget *parent = nullptr);

Q_SIGNALS:
    /// \a login: user and TLS files.
    void typed(const qproxysql::LoginSource &login, const QString &password, bool keep);

private:
    void addTlsFields(QFormLayout *form);
    TlsFiles tls() const;

    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_ca;
    QLineEdit *m_cert;
    QLineEdit *m_key;
    QCheckBox *m_keep = nullptr; ///< without a keychain there is none
};

} // namespace qproxysql
