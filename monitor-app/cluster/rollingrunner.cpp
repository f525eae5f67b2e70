// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/rollingrunner.h"

#include "cluster/ctltexts.h"
#include "cluster/peersearch.h"
#include "cluster/rollingplanning.h"

#include <QtCore/QProcess>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto PollInterval = 500ms;
constexpr auto StopPollInterval = 200ms; ///< a proxy that restarts may be away for a moment only

double secondsSince(const QDateTime &time)
{
    const qint64 ms = time.isValid() ? time.msecsTo(QDateTime::currentDateTimeUtc()) : 0;
    return double(std::max<qint64>(ms, 0)) / 1000;
}

} // namespace

RollingRunner::RollingRunner(ClusterSource &source, const Setup &setup, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_setup(setup)
    , m_file(setup.folder)
    , m_restart(setup.plan, Clock::steady(), secondsSince(setup.plan.savedAt))
    , m_lastProbe(Clock::steady().now())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { m_setup.refresh(); });
    connect(&source, &ClusterSource::refreshed, this, &RollingRunner::observe);
    connect(&source, &ClusterSource::requested, this, &RollingRunner::takeResult);
}

RollingRunner::~RollingRunner()
{
    if (!m_command)
        return;
    m_command->disconnect(this);
    if (m_command->state() == QProcess::NotRunning)
        delete m_command;
}

void RollingRunner::begin()
{
    if (save())
        poll();
}

RollingRunner::End RollingRunner::abort(const QString &folder,
                                        const std::optional<RollingPlan> &kept,
                                        const ClusterView &view)
{
    End end;
    if (!kept || !kept->isUnfinished()) {
        end.refusal = noneToContinue();
        return end;
    }
    RollingPlan ended = *kept;
    ended.state = RollingPlan::State::Aborted;
    end.refusal = RollingFile(folder).save(ended);
    const RollingPeer *const current = kept->current();
    const PeerSearch peer(view, current ? current->peer : QString());
    if (end.refusal || !peer.isFound() || !peer.isDraining())
        return end;
    const QString name = peer.address().name();
    if (current->command.isAlive())
        end.stays = CtlTexts::tr("%1 stays drained: its command (process %2) still runs, and may "
                                 "stop it. When that process has ended, \"qproxysql-ctl resume "
                                 "%1\" lets applications use it again.")
                            .arg(name)
                            .arg(current->command.pid);
    else if (!peer.peer().isHealthy() || !kept->hasRequested(peer.peer().entry))
        end.stays = CtlTexts::tr("%1 stays drained (%2). \"qproxysql-ctl resume %1\" lets "
                                 "applications use it again.")
                            .arg(name, EvidenceTexts::word(peer.peer().health));
    else
        end.resume = DrainRequest{.peer = name, .reason = kept->reason, .via = u"rolling"_s};
    return end;
}

void RollingRunner::poll()
{
    const RollingPeer *const peer = plan().current();
    const bool isShort = peer && peer->step == RollingPeer::Step::Stop;
    m_timer.start(isShort ? StopPollInterval : PollInterval);
}

void RollingRunner::observe()
{
    const RollingPeer *const peer = plan().current();
    if (m_isOver || !peer)
        return;
    m_seen = rollingObservationOf(m_source.view(), peer->peer, m_lastProbe);
    m_seen.isCommandRunning = m_command ? m_command->state() != QProcess::NotRunning
                                        : peer->command.isAlive();
    const PeerSearch search(m_source.view(), peer->peer);
    if (search.isFound() && search.peer().probe)
        m_lastProbe = search.peer().probe->when;
    const RollingPlan before = plan();
    const auto action = m_restart.advance(m_seen);
    const bool isNextStep = !plan().current() || plan().current()->peer != before.current()->peer
                            || plan().current()->step != before.current()->step;
    if ((isNextStep || action != RollingRestart::Action::None) && !save())
        return;
    perform(action);
    if (m_isOver)
        return;
    Q_EMIT changed();
    poll();
}

void RollingRunner::perform(RollingRestart::Action action)
{
    switch (action) {
    case RollingRestart::Action::None:
        break;
    case RollingRestart::Action::Drain:
        request(Service::Draining);
        break;
    case RollingRestart::Action::Resume:
        request(Service::InService);
        break;
    case RollingRestart::Action::AskToStop:
        Q_EMIT stopWanted(plan().current()->peer);
        break;
    case RollingRestart::Action::RunCommand:
        runCommand();
        break;
    case RollingRestart::Action::Finish:
    case RollingRestart::Action::Fail:
        finish();
        break;
    }
}

void RollingRunner::request(Service service)
{
    m_requested = service;
    m_source.request({.peer = plan().current()->peer,
                      .service = service,
                      .reason = plan().reason,
                      .via = u"rolling"_s});
}

void RollingRunner::takeResult(const DrainRequest &request, const DrainFile::Outcome &outcome)
{
    if (m_isOver || !plan().current() || request.peer != plan().current()->peer
        || m_requested != request.service)
        return;
    m_requested.reset();
    const DrainRequest &entry = outcome.change.entry;
    const auto action = request.service == Service::Draining
                                ? m_restart.drained(outcome.refusal, entry)
                                : m_restart.resumed(outcome.refusal, entry);
    if (save())
        perform(action);
}

/// In a session of its own, so that Ctrl+C on the terminal does not end a restart half-way.
void RollingRunner::runCommand()
{
    const PeerSearch peer(m_source.view(), plan().current()->peer);
    const PeerAddress address = peer.isFound() ? peer.address() : PeerAddress();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QPROXYSQL_PEER"_s, plan().current()->peer);
    environment.insert(u"QPROXYSQL_HOST"_s, address.host);
    environment.insert(u"QPROXYSQL_PORT"_s,
                       address.isSocket() ? QString() : QString::number(address.port));
    environment.insert(u"QPROXYSQL_SOCKET"_s, address.socket);
    delete m_command;
    m_command = new QProcess;
    m_command->setProcessEnvironment(environment);
    m_command->setProcessChannelMode(QProcess::ForwardedChannels);
    m_command->setStandardInputFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
    m_command->setChildProcessModifier([] { ::setsid(); });
#endif
    const auto end = [this](int code) {
        const auto action = m_restart.commandEnded(code);
        if (save())
            perform(action);
    };
    connect(m_command, &QProcess::finished, this, [end](int code, QProcess::ExitStatus status) {
        end(status == QProcess::NormalExit ? code : 128);
    });
    connect(m_command, &QProcess::errorOccurred, this, [end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(127);
    });
    Q_EMIT commandStarted(plan().current()->peer);
    m_command->start(u"/bin/sh"_s, {u"-c"_s, plan().command});
    m_restart.commandBegun(CommandProcess::of(m_command->processId()));
    save();
}

/// False: it could not be saved, and is over.
bool RollingRunner::save()
{
    if (m_isOver)
        return false;
    const auto refusal = m_file.save(plan());
    if (!refusal)
        return true;
    m_restart.stopFor(*refusal);
    finish();
    return false;
}

void RollingRunner::finish()
{
    m_isOver = true;
    m_timer.stop();
    Q_EMIT changed();
    Q_EMIT over();
}

} // namespace qproxysql
