// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/rollingprogress.h"

#include "cluster/ctltexts.h"
#include "ctl/terminal.h"
#include "rolling/rollingtexts.h"

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using Step = RollingPeer::Step;

QString secondsText(double seconds)
{
    return u"%1 s"_s.arg(seconds, 0, 'f', 1);
}

QStringList rowOf(const RollingPeer &peer)
{
    QStringList row{peer.peer};
    double total = 0;
    for (const Step step : {Step::Drain, Step::Stop, Step::Return, Step::Health, Step::Resume}) {
        row.append(peer.seconds.contains(step) ? secondsText(peer.seconds.value(step)) : u"-"_s);
        total += peer.seconds.value(step);
    }
    row.append(secondsText(total));
    row.append(peer.step == Step::Done    ? CtlTexts::tr("done")
               : peer.step == Step::Check ? CtlTexts::tr("not begun")
                                          : CtlTexts::tr("stopped at: %1").arg(wordOf(peer.step)));
    return row;
}

void printTable(const QList<QStringList> &rows)
{
    QList<qsizetype> widths(rows.constFirst().size(), 0);
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths.at(i), row.at(i).size());
    }
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += u"  "_s + row.at(i).leftJustified(widths.at(i));
        while (line.endsWith(u' '))
            line.chop(1);
        Terminal::print(line);
    }
}

} // namespace

void RollingProgress::print(const RollingPlan &plan, const DrainAssessment &drain)
{
    const RollingPeer *const current = plan.current();
    const QString peer = current ? current->peer : plan.peers.constLast().peer;
    const Step step = current ? current->step : Step::Done;
    if (!m_peer.isEmpty() && m_peer != peer) {
        Terminal::note(RollingTexts::step(Step::Done, m_peer));
        m_drain = {};
    }
    if (m_peer != peer || m_step != step)
        Terminal::note(RollingTexts::step(step, peer));
    m_peer = peer;
    m_step = step;
    if (step == Step::Drain && drain.state != DrainState::InService)
        m_drain.print(drain);
}

void RollingProgress::printReport(const RollingPlan &plan)
{
    const qsizetype done = std::ranges::count(plan.peers, Step::Done, &RollingPeer::step);
    if (plan.state == RollingPlan::State::Finished)
        Terminal::print(CtlTexts::tr("ROLLING RESTART FINISHED: %1 of %2 peers were restarted")
                                .arg(done)
                                .arg(plan.peers.size()));
    else
        Terminal::print(CtlTexts::tr("ROLLING RESTART STOPPED: %1 of %2 peers were restarted")
                                .arg(done)
                                .arg(plan.peers.size()));
    QList<QStringList> rows{{CtlTexts::tr("PEER"), CtlTexts::tr("DRAIN"), CtlTexts::tr("STOP"),
                             CtlTexts::tr("START"), CtlTexts::tr("SYNC"), CtlTexts::tr("RESUME"),
                             CtlTexts::tr("TOTAL"), CtlTexts::tr("STATE")}};
    for (const RollingPeer &peer : plan.peers)
        rows.append(rowOf(peer));
    printTable(rows);
}

QString RollingProgress::howToGoOn(const RollingPlan &plan)
{
    const RollingPeer *const current = plan.current();
    const bool isDrained = current && current->drained != 0 && current->resumed == 0;
    const QString state = isDrained ? CtlTexts::tr("%1 stays drained. ").arg(current->peer)
                                    : QString();
    return state
           + CtlTexts::tr("\"qproxysql-ctl rolling --continue\" goes on, \"qproxysql-ctl rolling "
                          "--abort\" ends it.");
}

} // namespace qproxysql
