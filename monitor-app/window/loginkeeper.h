// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterview.h"
#include "cluster/loginsource.h"

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <memory>

namespace qproxysql {

/// The account of one source's own probes: gets it without blocking anybody (a password command runs on
/// a worker thread), and deals with refusals: three tries, with pauses, then it waits for a person. The
/// password is held in memory only. The GUI thread.
class LoginKeeper : public QObject
{
    Q_OBJECT

public:
    enum class State {
        None,    ///< no account was given: nothing is probed
        Reading, ///< a command or the keychain is at work
        Given,   ///< it may be used
        Pausing, ///< refused; it is tried again by itself
        Waiting  ///< refused three times, or not to be read: a person must do something
    };
    static constexpr int MostTries = 3;
    static constexpr std::chrono::seconds FirstPause{2};

    /// \a file: the pool file of the servers that the account is for. A password is kept for that file
    /// alone: others may have accounts of the same name.
    explicit LoginKeeper(LoginSource source, QString file = {}, QObject *parent = nullptr);

    void begin(); ///< reads the account; obtained() tells when it is there
    /// False: it cannot be used; see trouble().
    bool typed(const QString &user, const QString &password, const TlsFiles &tls, bool keep);
    /// Looks at what came of the probes.
    void note(const ClusterView &view);

    State state() const { return m_state; }
    bool mayProbe() const { return m_state == State::Given; }
    const LoginSource &source() const { return m_source; }
    QString user() const { return m_user; }
    QString keychainAccount() const;              ///< what the keychain knows the password by
    QString trouble() const { return m_trouble; } ///< of Waiting and Pausing: what was wrong

    void setPause(std::chrono::milliseconds pause) { m_pause = pause; } ///< for tests

Q_SIGNALS:
    void obtained(const qproxysql::LoginSource::Reading &login);
    void changed();        ///< state()
    void passwordWanted(); ///< once: it has none, or was refused without one; ask a person

private:
    void readElsewhere();
    void take(const LoginSource::Reading &reading);
    void refuse(const QString &trouble);
    void askOnce();
    void setState(State state);

    LoginSource m_source;
    const QString m_file;
    QString m_user;
    LoginSource::Reading m_used; ///< the last that was given out
    bool m_wasTyped = false;
    bool m_wasAsked = false;
    State m_state = State::None;
    int m_tries = 0;
    QString m_trouble;
    std::chrono::milliseconds m_pause{FirstPause};
    QTimer m_again;
};

} // namespace qproxysql
