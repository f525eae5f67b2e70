// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/loginsource.h"
#include "cluster/peerprober.h"
#include "window/ownpools.h"

#include <QtWidgets/QDialog>

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace qproxysql {

/// Adds a pool to the window's own pool file or changes one, with an asynchronous connection test
/// of each of its peers. Use open(). The password is emitted and not stored.
class AddPoolDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a login: the account that is used for all pools of this machine now, user and TLS files.
    /// \a edited: the pool to change; empty: a new one is added.
    AddPoolDialog(OwnPools pools, const LoginSource &login, const QString &edited = {},
                  QWidget *parent = nullptr);

Q_SIGNALS:
    /// The pool was written to the file; also when it was changed. \a user is empty when no account was given.
    void added(const QString &name, const QString &user, const QString &password);

private:
    void addFields();
    void addButtons();
    void check();
    void test();
    void showResults(const QList<PeerProbe> &probes);
    void save();

    OwnPools m_pools;
    const QString m_edited;
    LoginSource m_login;
    LoginSource::Reading m_tested; ///< the account of the last test
    PeerProber m_prober;
    QLineEdit *m_name;
    QPlainTextEdit *m_peers;
    QLineEdit *m_user;
    QLineEdit *m_password;
    QLabel *m_wrong;
    QPlainTextEdit *m_results;
    QPushButton *m_test = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace qproxysql
