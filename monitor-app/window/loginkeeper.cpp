// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/loginkeeper.h"

#include "cluster/background.h"
#include "window/passwordkeychain.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

LoginKeeper::LoginKeeper(LoginSource source, QString file, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_file(std::move(file))
    , m_user(m_source.user)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &LoginKeeper::begin);
}

void LoginKeeper::begin()
{
    setState(State::Reading);
    const bool isAsked = m_source.passwordCommand.isEmpty() && m_source.defaultsFile.isEmpty()
                         && !m_user.isEmpty() && PasswordKeychain::isAvailable();
    if (!isAsked) {
        readStored();
        return;
    }
    PasswordKeychain::read(keychainAccount(), this, [this](const std::optional<QString> &password) {
        if (!password) {
            readStored();
            return;
        }
        take(m_source.with(*password));
    });
}

void LoginKeeper::readStored()
{
    // A command may wait for a person.
    runInBackground(
            this, [source = m_source] { return source.read(); },
            [this](const LoginSource::Reading &reading) { take(reading); });
}

void LoginKeeper::take(const LoginSource::Reading &reading)
{
    if (m_wasTyped && m_state == State::Given)
        return; // a person has typed one meanwhile
    if (!reading.error.isEmpty()) {
        m_problem = reading.error;
        setState(State::Waiting);
        return;
    }
    if (reading.lacksPassword) {
        m_user = reading.user;
        m_problem = tr("no password was given for %1").arg(m_user);
        setState(State::Waiting);
        askOnce();
        return;
    }
    if (!reading.login) {
        setState(State::None);
        return;
    }
    m_user = reading.login->user;
    m_used = reading;
    Q_EMIT obtained(reading);
    setState(State::Given);
}

bool LoginKeeper::typed(const QString &user, const QString &password, const TlsFiles &tls,
                        Storage storage)
{
    m_again.stop();
    m_user = user;
    m_source.user = user;
    m_source.tls = tls;
    m_wasTyped = true;
    m_tries = 0;
    m_used = m_source.with(password);
    if (!m_used.error.isEmpty()) {
        m_problem = m_used.error;
        setState(State::Waiting);
        return false;
    }
    Q_EMIT obtained(m_used);
    setState(State::Given);
    if (storage == Storage::Keychain) {
        PasswordKeychain::write(keychainAccount(), password, this, [this](const QString &error) {
            if (error.isEmpty())
                return;
            m_problem = tr("the keychain did not take the password: %1").arg(error);
            Q_EMIT changed();
        });
    }
    return true;
}

void LoginKeeper::note(const ClusterView &view)
{
    if (m_state != State::Given)
        return;
    if (const PeerView *const peer = view.refusingLogin()) {
        QSet<PeerAddress> refusing;
        for (const PeerView *one : view.peers()) {
            if (one->probe && one->probe->isLoginRefused())
                refusing.insert(one->address);
        }
        m_refusals = int(refusing.size());
        refuse(peer->address.name() + ": "_L1 + peer->probe->message());
        return;
    }
    if (std::ranges::any_of(view.peers(), [](const PeerView *peer) {
            return peer->probe && peer->probe->isLoggedIn;
        }))
        m_tries = 0;
}

void LoginKeeper::refuse(const QString &problem)
{
    ++m_tries;
    m_problem = problem;
    if (const QString help = LoginSource::tlsHint(m_used.login->options); !help.isEmpty())
        m_problem += u". "_s + help;
    if (m_wasTyped || m_tries >= MostTries) {
        setState(State::Waiting); // a typed account does not become valid by itself
        return;
    }
    setState(State::Pausing);
    m_again.start(m_pause * (1 << (m_tries - 1)));
    if (m_used.login->password.isEmpty())
        askOnce();
}

void LoginKeeper::askOnce()
{
    if (!std::exchange(m_wasAsked, true))
        Q_EMIT passwordWanted();
}

void LoginKeeper::setState(State state)
{
    if (state == State::Given) {
        m_problem.clear();
        m_refusals = 0;
    }
    m_state = state;
    Q_EMIT changed();
}

QString LoginKeeper::keychainAccount() const
{
    return m_file + u'\n' + m_user;
}

} // namespace qproxysql
