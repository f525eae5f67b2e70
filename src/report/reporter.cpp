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

constexpr auto LookInterval = 2s;
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

bool hasSteeredPool()
{
    const QList<std::shared_ptr<PeerPool>> pools = PoolRegistry::instance().pools();
    return std::ranges::any_of(pools, [](const std::shared_ptr<PeerPool> &pool) {
        return pool->policy().control != Control::Off;
    });
}

/// Process-wide, never destroyed. The supervisor's thread, but for what the mutex guards.
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

    /// The application's thread, where its name may be asked for.
    void noteApplication()
    {
        const QString name = QCoreApplication::applicationName();
        const std::lock_guard lock(m_mutex);
        if (!name.isEmpty())
            m_identity.application = name;
    }

    Clock::time_point advance();

private:
    void askForUser();
    bool identify(ProcessIdentity *identity);
    bool start();
    void say(const QString &trouble);

    const std::function<QString()> m_folder;
    const std::function<quint64()> m_generation;
    const bool m_mayMakeFolder;
    ProbeRound m_probes{Clock::steady()};
    QPointer<ReportServer> m_server;
    Clock::time_point m_nextLook;
    QString m_said;
    bool m_isUserAskedFor = false;
    bool m_isInVain = false; ///< the last start was: it waits for the next look

    std::mutex m_mutex;
    ProcessIdentity m_identity;
};

// Whoever opens a connection wakes the supervisor, and so do its rounds while there is one.
Clock::time_point Reporter::advance()
{
    const Clock::time_point now = Clock::steady().now();
    if (now < m_nextLook && (m_server || m_isInVain))
        return Clock::time_point::max();
    const bool wanted = hasSteeredPool();
    if (m_server && (!wanted || !m_server->isListening()))
        delete m_server;
    if (wanted) {
        m_nextLook = now + LookInterval;
        m_isInVain = !m_server && !start();
    }
    return Clock::time_point::max();
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
        Supervisor::instance().wake();
    });
}

/// False: not to be tried again at once.
bool Reporter::start()
{
    ProcessIdentity identity;
    if (!identify(&identity)) {
        askForUser();
        return true;
    }
    const QString around = m_folder();
    if (around.isEmpty() || (!m_mayMakeFolder && !ReportFolder(around).aroundExists()))
        return false;
    const ReportConversation::Probes probes{[this] { m_probes.start(); },
                                            [this] { return m_probes.isUnderWay(); }};
    auto server = std::make_unique<ReportServer>(
            around, identity, [this, identity] { return gatherReport(identity, m_generation()); },
            ReaderPatience, probes);
    QString error;
    if (!server->listen(&error)) {
        say(error);
        return false;
    }
    // With the thread, which ends with the application.
    m_server = server.release();
    QObject::connect(QThread::currentThread(), &QThread::finished, m_server.data(),
                     &QObject::deleteLater);
    qCDebug(lcControl).noquote() << "reports on" << m_server->socketFile();
    return true;
}

void Reporter::say(const QString &trouble)
{
    if (std::exchange(m_said, trouble) != trouble)
        qCWarning(lcControl).noquote() << "This process does not report:" << trouble;
}

} // namespace

void installReporter(std::function<QString()> folder, std::function<quint64()> generation)
{
    static auto *const reporter = [&] {
        auto *const made = new Reporter(std::move(folder), std::move(generation));
        Supervisor::instance().addChore([made] { return made->advance(); });
        return made;
    }();
    reporter->noteApplication();
}

} // namespace qproxysql
