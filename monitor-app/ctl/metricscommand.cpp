// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/ctltexts.h"
#include "cluster/metricscounters.h"
#include "cluster/metricsfile.h"
#include "cluster/metricsgauges.h"
#include "ctl/session.h"
#include "ctl/terminal.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <atomic>
#include <csignal>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double DefaultInterval = 15;
constexpr double ShortestInterval = 1;

/// Ends the program with 0 at SIGINT and SIGTERM, between two writes of the file: in the event loop.
class StopBySignal
{
public:
    StopBySignal()
    {
#ifdef Q_OS_UNIX
        std::signal(SIGINT, want);
        std::signal(SIGTERM, want);
        QObject::connect(&m_timer, &QTimer::timeout, [] {
            if (isWanted)
                ::_exit(Ok);
        });
        m_timer.start(50);
#endif
    }

private:
    static void want(int)
    {
        isWanted = true;
    }

    static inline std::atomic<bool> isWanted{false};
    QTimer m_timer;
};

QByteArray pageOf(const ClusterView &view, const MetricsCounters &counters, const QString &pool)
{
    MetricsPage page;
    addGauges(view, pool, &page);
    counters.addTo(&page);
    return page.toText();
}

ExitCode failWith(ExitCode code, const QString &text)
{
    Terminal::error(text);
    return code;
}

/// Each text once, until it is not among them any more.
class Problems
{
public:
    void print(const QStringList &problems)
    {
        for (const QString &problem : problems) {
            if (!m_printed.contains(problem))
                Terminal::error(problem);
        }
        m_printed = problems;
    }

private:
    QStringList m_printed;
};

int writeForEver(Session &session, const QString &path, const QString &pool, double interval)
{
    const StopBySignal stopping;
    const MetricsFile file(path);
    const Expected<QByteArray> former = file.read();
    if (!former)
        return failWith(Refused, former.error());
    MetricsCounters counters(Clock::steady(), pool);
    Problems problems;
    for (bool isFirst = true;; isFirst = false) {
        QElapsedTimer spent;
        spent.start();
        if (!isFirst) // proveNow() alone is content with what the last view proves
            session.controller().refreshNow();
        const ClusterView &view = session.controller().proveNow();
        counters.note(view.processes);
        if (isFirst)
            counters.continueFrom(*former);
        const Expected<void> written = file.replace(pageOf(view, counters, pool));
        if (!written && isFirst)
            return failWith(UnexpectedError, written.error());
        problems.print(view.problems + (written ? QStringList() : QStringList{written.error()}));
        Session::pause(qint64(interval * 1000) - spent.elapsed());
    }
}

} // namespace

int runMetrics(Session &session)
{
    const CommandLine &line = session.line();
    const QString path = line.value(u"textfile"_s);
    const QString pool = line.value(u"pool"_s);
    const double interval = line.seconds(u"interval"_s).value_or(DefaultInterval);
    if (path.isEmpty() && line.has(u"interval"_s))
        return failWith(Usage, CtlTexts::tr("--interval needs --textfile"));
    if (interval < ShortestInterval)
        return failWith(Usage,
                        CtlTexts::tr("--interval must be at least %1 s").arg(ShortestInterval));
    const ExitCode begun = session.begin();
    // A service may be started before the first application.
    if (begun != Ok && (begun != Unknown || path.isEmpty()))
        return begun;
    if (!path.isEmpty())
        return writeForEver(session, path, pool, interval);
    const ClusterView &view = session.controller().proveNow();
    MetricsCounters counters(Clock::steady(), pool);
    counters.note(view.processes);
    for (const QString &problem : view.problems)
        Terminal::error(problem);
    Terminal::print(QString::fromUtf8(pageOf(view, counters, pool)).trimmed());
    return view.directory.refusal ? exitCodeOf(view.directory.refusal->kind) : Ok;
}

} // namespace qproxysql
