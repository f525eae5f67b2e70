// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/loginsource.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <memory>

namespace qproxysql {

/// The account of one source's own probes. Reads it asynchronously (a password command runs on a
/// worker thread) and handles refusals: three attempts with pauses, then it waits for a person. The
/// password is held in memory only. The GUI thread.
class LoginKeeper : public QObject
{
    Q_OBJECT

public:
    enum class State {
        None,    ///< no account was given: nothing is probed
        Reading, ///< waits for a command or the keychain
        Given,   ///< ready for use
        Pausing, ///< refused; tries again automatically
        Waiting  ///< refused three times, or not readable: a person must act
    };
    enum class Storage { Memory, Keychain }; ///< of a typed password
    static constexpr int MostTries = 3;
    static constexpr std::chrono::seconds FirstPause{2};

    /// \a file: the pool file of the account's servers. A password is kept for that file only,
    /// since other files may have accounts of the same name.
    explicit LoginKeeper(LoginSource source, QString file = {}, QObject *parent = nullptr);

    void begin(); ///< reads the account; obtained() is emitted when it is available
    /// False: the account cannot be used; see problem().
    bool typed(const QString &user, const QString &password, const TlsFiles &tls, Storage storage);
    /// Evaluates the results of the probes.
    void note(const ClusterView &view);

    State state() const { return m_state; }
    bool mayProbe() const { return m_state == State::Given; }
    const LoginSource &source() const { return m_source; }
    QString user() const { return m_user; }
    QString keychainAccount() const;              ///< the key of the password in the keychain
    QString problem() const { return m_problem; } ///< the problem while Waiting or Pausing

    int refusals() const { return m_refusals; } ///< servers that refused the account the last time

    void setPause(std::chrono::milliseconds pause) { m_pause = pause; } ///< for tests

Q_SIGNALS:
    void obtained(const qproxysql::LoginSource::Reading &login);
    void changed(); ///< state()
    /// Emitted once: there is no password, or the account was refused without one; ask a person.
    void passwordWanted();

private:
    void readStored();
    void take(const LoginSource::Reading &reading);
    void refuse(const QString &problem);
    void askOnce();
    void setState(State state);

    LoginSource m_source;
    const QString m_file;
    QString m_user;
    LoginSource::Reading m_used; ///< the last one that was emitted
    bool m_wasTyped = false;
    bool m_wasAsked = false;
    State m_state = State::None;
    int m_tries = 0;
    QString m_problem;
    int m_refusals = 0;
    std::chrono::milliseconds m_pause{FirstPause};
    QTimer m_again;
};

} // namespace qproxysql
