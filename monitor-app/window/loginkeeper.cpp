// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/loginkeeper.h"

#include "inner/workers.h"
#include "window/passwordkeychain.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace qproxysql {

/// The worker may end after the keeper has gone.
struct LoginKeeper::Job
{
    std::mutex mutex;
    LoginKeeper *keeper = nullptr;
};

LoginKeeper::LoginKeeper(LoginSource source, QString file, QObject *parent)
    : QObject(parent)
    , m_source(std::move(source))
    , m_file(std::move(file))
    , m_user(m_source.user)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &LoginKeeper::begin);
}

LoginKeeper::~LoginKeeper()
{
    if (m_job) {
        const std::scoped_lock lock(m_job->mutex);
        m_job->keeper = nullptr;
    }
}

void LoginKeeper::begin()
{
    setState(State::Reading);
    const bool isAsked = m_source.passwordCommand.isEmpty() && m_source.defaultsFile.isEmpty()
                         && !m_user.isEmpty() && PasswordKeychain::isAvailable();
    if (!isAsked) {
        readElsewhere();
        return;
    }
    PasswordKeychain::read(keychainAccount(), this, [this](const std::optional<QString> &password) {
        if (!password) {
            readElsewhere();
            return;
        }
        LoginSource::Reading reading;
        reading.login = InnerLogin();
        reading.login->user = m_user;
        reading.login->password = *password;
        take(reading);
    });
}

void LoginKeeper::readElsewhere()
{
    m_job = std::make_shared<Job>();
    m_job->keeper = this;
    const auto ticket = Workers::instance().start([source = m_source, job = m_job] {
        const LoginSource::Reading reading = source.read();
        const std::scoped_lock lock(job->mutex);
        if (LoginKeeper *const keeper = job->keeper)
            QMetaObject::invokeMethod(
                    keeper, [keeper, reading] { keeper->take(reading); }, Qt::QueuedConnection);
    });
    // A command may wait for a person; probes must not wait for it.
    Workers::instance().markStalled(ticket);
}

void LoginKeeper::take(const LoginSource::Reading &reading)
{
    if (m_wasTyped && m_state == State::Given)
        return; // a person was faster
    if (!reading.error.isEmpty()) {
        m_trouble = reading.error;
        setState(State::Waiting);
        return;
    }
    if (!reading.login) {
        setState(State::None);
        return;
    }
    m_user = reading.login->user;
    m_hasPassword = !reading.login->password.isEmpty();
    Q_EMIT obtained(reading);
    setState(State::Given);
}

void LoginKeeper::typed(const QString &user, const QString &password, bool keep)
{
    m_again.stop();
    m_user = user;
    m_source.user = user;
    m_hasPassword = true;
    m_wasTyped = true;
    m_tries = 0;
    LoginSource::Reading reading;
    reading.login = InnerLogin();
    reading.login->user = user;
    reading.login->password = password;
    Q_EMIT obtained(reading);
    setState(State::Given);
    if (keep) {
        PasswordKeychain::write(keychainAccount(), password, this, [this](const QString &error) {
            if (error.isEmpty())
                return;
            m_trouble = tr("the keychain did not take the password: %1").arg(error);
            Q_EMIT changed();
        });
    }
}

void LoginKeeper::note(const ClusterView &view)
{
    if (m_state != State::Given)
        return;
    if (!view.isLoginRefusedEverywhere()) {
        for (const PoolView &pool : view.pools) {
            for (const PeerView &peer : pool.peers) {
                if (peer.probe && peer.probe->isLoggedIn)
                    m_tries = 0;
            }
        }
        return;
    }
    for (const PoolView &pool : view.pools) {
        for (const PeerView &peer : pool.peers) {
            if (peer.probe && peer.probe->isLoginRefused()) {
                refuse(peer.address.name() + ": "_L1 + peer.probe->message());
                return;
            }
        }
    }
}

void LoginKeeper::refuse(const QString &trouble)
{
    ++m_tries;
    m_trouble = trouble;
    if (m_wasTyped || m_tries >= MostTries) {
        setState(State::Waiting); // what a person has typed does not get better by itself
        return;
    }
    setState(State::Pausing);
    m_again.start(m_pause * (1 << (m_tries - 1)));
    if (!m_hasPassword && !m_wasAsked) {
        m_wasAsked = true;
        Q_EMIT refusedAtOnce();
    }
}

void LoginKeeper::setState(State state)
{
    if (state == State::Given)
        m_trouble.clear();
    m_state = state;
    Q_EMIT changed();
}

QString LoginKeeper::keychainAccount() const
{
    return m_file + u'\n' + m_user;
}

} // namespace qproxysql
