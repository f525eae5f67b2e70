// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reporter.h"

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
    Reporter(std::function<QString()> folder, std::function<quint64()> generation)
        : m_folder(std::move(folder))
        , m_generation(std::move(generation))
        , m_mayMakeFolder(!qEnvironmentVariableIsSet("QPROXYSQL_DIR"))
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
    bool identify(ProcessIdentity *identity);
    void start();
    void warn(const QString &problem);

    const std::function<QString()> m_folder;
    const std::function<quint64()> m_generation;
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

bool Reporter::identify(ProcessIdentity *identity)
{
    const std::lock_guard lock(m_mutex);
    *identity = m_identity;
    return !m_identity.user.isEmpty();
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
    ProcessIdentity identity;
    if (!identify(&identity)) {
        askForUser();
        return;
    }
    const QString around = m_folder();
    if (around.isEmpty() || (!m_mayMakeFolder && !ReportFolder(around).aroundExists()))
        return;
    const ReportConversation::Probes probes{[this] { m_probes.start(); },
                                            [this] { return m_probes.isUnderWay(); }};
    auto server = std::make_unique<ReportServer>(
            around, identity, [this, identity] { return gatherReport(identity, m_generation()); },
            ReaderPatience, probes);
    QString error;
    if (!server->listen(&error)) {
        warn(error);
        return;
    }
    // The server is deleted at the end of the thread, which ends with the application.
    m_server = server.release();
    QObject::connect(QThread::currentThread(), &QThread::finished, m_server.data(),
                     &QObject::deleteLater);
    qCDebug(lcControl).noquote() << "reports on" << m_server->socketFile();
}

void Reporter::warn(const QString &problem)
{
    if (std::exchange(m_lastWarning, problem) != problem)
        qCWarning(lcControl).noquote() << "This process does not report:" << problem;
}

} // namespace

void installReporter(std::function<QString()> folder, std::function<quint64()> generation)
{
    static auto *const reporter = new Reporter(std::move(folder), std::move(generation));
    reporter->noteApplication();
}

} // namespace qproxysql
