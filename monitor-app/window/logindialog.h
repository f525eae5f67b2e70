// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "window/loginkeeper.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QFormLayout;
class QLineEdit;
QT_END_NAMESPACE

namespace qproxysql {

/// Asks for the account of the window's own probes and for its TLS files. The password is emitted
/// with typed(). It is never stored in the settings, and in the keychain only on request.
class LoginDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a source: the owner of the account; \a known: the last user and TLS files; \a why: the
    /// problem with it; empty: none.
    LoginDialog(const QString &source, const LoginSource &known, const QString &why,
                QWidget *parent = nullptr);

Q_SIGNALS:
    /// \a login: user and TLS files.
    void typed(const qproxysql::LoginSource &login, const QString &password,
               qproxysql::LoginKeeper::Storage storage);

private:
    void addTlsFields(QFormLayout *form);
    TlsFiles tls() const;

    QLineEdit *m_user;
    QLineEdit *m_password;
    QLineEdit *m_ca;
    QLineEdit *m_cert;
    QLineEdit *m_key;
    QCheckBox *m_keep = nullptr; ///< nullptr without a keychain
};

} // namespace qproxysql
