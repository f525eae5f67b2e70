// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reporter.h"

#include "drain/directorylocation.h"
#include "drain/drainobserver.h"
#include "drain/logging.h"
#include "drain/systemuser.h"
#include "health/supervisor.h"
#include "inner/workers.h"
#include "pool/poolregistry.h"
#include "report/proberound.h"
#include "report/reportgathering.h"
#include "report/reportserver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QSysInfo>
#include <QtCore/QThread>

#include <algorithm>
#include <mutex>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace std::chrono_literals;

namespace qproxysql {

namespace {

constexpr auto CheckInterval = 2s;
constexpr auto ReaderPatience = 5s;

QString randomId()
{
    QByteArray bytes(16, Qt::Uninitialized);
    QRandomGenerator::system()->generate(bytes.begin(), bytes.end());
    return QString::fromLatin1(bytes.toHex());
}

/// May ask a directory server for the name.
QString userName()
{
#ifdef Q_OS_UNIX
    const QString name = SystemUser::withId(::geteuid()).name;
    return name.isEmpty() ? QString::number(::geteuid()) : name;
#else
    return qEnvironmentVariable("USERNAME");
#endif
}

bool hasControlledPool()
{
    const QList<std::shared_ptr<PeerPool>> pools = PoolRegistry::instance().pools();
    return std::ranges::any_of(pools, [](const std::shared_ptr<PeerPool> &pool) {
        return pool->policy().control != Control::Off;
    });
}

/// Process-wide, never destroyed. Supervisor thread only, except for what the mutex guards.
class Reporter
{
public:
    Reporter()
        : m_mayMakeFolder(!qEnvironmentVariableIsSet("QPROXYSQL_DIR"))
    {
        m_identity.id = randomId();
        m_identity.host = QSysInfo::machineHostName();
        m_identity.pid = QCoreApplication::applicationPid();
    }

    /// In the application's thread, since applicationName() is not thread-safe.
    void noteApplication()
    {
        const QString name = QCoreApplication::applicationName();
        const std::lock_guard lock(m_mutex);
        if (!name.isEmpty())
            m_identity.application = name;
    }

private:
    Clock::time_point advance();
    void askForUser();
    void start();

    const bool m_mayMakeFolder;
    ProbeRound m_probes{Clock::steady()};
    QPointer<ReportServer> m_server;
    QString m_lastWarning;
    bool m_isUserAskedFor = false;

    std::mutex m_mutex;
    ProcessIdentity m_identity;

    Chore m_checks{[this] { return advance(); }};
};

Clock::time_point Reporter::advance()
{
    const bool wanted = hasControlledPool();
    if (m_server && (!wanted || !m_server->isListening()))
        delete m_server;
    if (wanted && !m_server)
        start();
    return PoolRegistry::instance().isAnyControlled() ? Clock::steady().now() + CheckInterval
                                                      : Clock::time_point::max();
}

void Reporter::askForUser()
{
    if (std::exchange(m_isUserAskedFor, true))
        return;
    Workers::instance().start([this] {
        const QString user = userName();
        {
            const std::lock_guard lock(m_mutex);
            m_identity.user = user;
        }
        m_checks.wake();
    });
}

void Reporter::start()
{
    std::unique_lock lock(m_mutex);
    const ProcessIdentity identity = m_identity;
    lock.unlock();
    if (identity.user.isEmpty()) {
        askForUser();
        return;
    }
    const QString around = DirectoryLocation::folder().valueOr({});
    if (around.isEmpty() || (!m_mayMakeFolder && !ReportFolder(around).aroundExists()))
        return;
    const ReportConversation::Probes probes{[this] { m_probes.start(); },
                                            [this] { return m_probes.isUnderWay(); }};
    auto server = std::make_unique<ReportServer>(
            around, identity,
            [identity] {
                return gatherReport(identity, DrainObserver::instance().generationSeen());
            },
            ReaderPatience, probes);
    if (const Expected<void> listening = server->listen(); !listening) {
        if (std::exchange(m_lastWarning, listening.error()) != listening.error())
            qCWarning(lcControl).noquote() << "This process does not report:" << m_lastWarning;
        return;
    }
    // The server is deleted at the end of the thread, which ends with the application.
    m_server = server.release();
    QObject::connect(QThread::currentThread(), &QThread::finished, m_server.data(),
                     &QObject::deleteLater);
    qCDebug(lcControl).noquote() << "reports on" << m_server->socketFile();
}

} // namespace

void installReporter()
{
    static auto *const reporter = new Reporter;
    reporter->noteApplication();
}

} // namespace qproxysql
