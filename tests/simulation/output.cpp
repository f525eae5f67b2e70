// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "output.h"

#include "chart.h"

using namespace Qt::StringLiterals;

namespace qproxysql::simulation {

namespace {

constexpr int ShownBefore = 5; ///< seconds before the fault

QByteArray cell(double value, int decimals = 0)
{
    return value < 0 ? QByteArray("-") : QByteArray::number(value, 'f', decimals);
}

std::vector<double> valuesOf(const Run &run, PeerId peer, int (*value)(const Second &))
{
    const std::vector<Second> &all = run.cluster->record.peer(peer);
    std::vector<double> values;
    for (size_t i = size_t(std::max(0, run.cluster->record.indexOf(run.fault) - ShownBefore));
         i < all.size(); ++i)
        values.push_back(value(all[i]));
    return values;
}

QList<Chart::Line> linesOf(const Run &run, int (*value)(const Second &))
{
    QList<Chart::Line> lines;
    for (PeerId peer = 0; peer < run.cluster->size.peers; ++peer)
        lines.append({u"peer %1"_s.arg(peer + 1), valuesOf(run, peer, value), peer});
    return lines;
}

QByteArray joined(const QByteArrayList &cells)
{
    QByteArray line;
    for (const QByteArray &one : cells)
        line += one.rightJustified(11);
    return line;
}

} // namespace

QByteArray tableHeader()
{
    return QByteArray("scenario").leftJustified(12)
           + joined({"connects/s", "unhurried", "limit", "drain/s", "works s", "even s",
                     "most held", "probes/s", "1040", "time-outs", "failed"});
}

QByteArray tableRow(const Findings &found)
{
    return found.scenario.toUtf8().leftJustified(12)
           + joined({cell(found.mostConnects), cell(found.mostCalm), cell(found.calmLimit),
                     cell(found.mostDrain), cell(found.worksAfter, 1), cell(found.evenAfter),
                     cell(found.mostHeld, 2), cell(found.mostProbes), cell(found.full),
                     cell(found.late), cell(found.failures)});
}

QByteArray csvOf(const Run &run)
{
    QByteArray csv(
            "second,peer,open,statement,meeting,balance,drain,askedprobe,probe,fleet,refused,"
            "full,late,sessions,readings\n");
    const Record &record = run.cluster->record;
    for (size_t i = 0; i < record.peer(0).size(); ++i) {
        for (PeerId peer = 0; peer < record.peers(); ++peer) {
            const Second &second = record.peer(peer)[i];
            csv += QByteArray::number(int(i) - record.indexOf(run.fault)) + ','
                   + QByteArray::number(peer + 1);
            for (const int connects : second.connects)
                csv += ',' + QByteArray::number(connects);
            for (const int count :
                 {second.refused, second.full, second.late, second.held, second.readings})
                csv += ',' + QByteArray::number(count);
            csv += '\n';
        }
    }
    return csv;
}

QByteArray chartOf(const Run &run, const Findings &found)
{
    Chart chart(u"%1 (%2 processes, seconds from the fault)"_s.arg(run.scenario.title)
                        .arg(run.cluster->size.processes),
                -std::min(ShownBefore, run.cluster->record.indexOf(run.fault)));
    chart.addPanel(u"Connects a second at each peer"_s,
                   linesOf(run, [](const Second &second) { return second.all(); }));
    QList<Chart::Line> calm = linesOf(run, [](const Second &second) {
        return second.calm() - second.connects[size_t(Purpose::Drain)];
    });
    calm.append({u"limit"_s, std::vector<double>(calm.first().values.size(), found.calmLimit), 5,
                 true});
    chart.addPanel(u"Of these nobody waits for: probes and moves for balance"_s, calm);
    QList<Chart::Line> held = linesOf(run, [](const Second &second) { return second.held; });
    held.append({u"even share"_s,
                 std::vector<double>(held.first().values.size(), run.cluster->size.share()), 5,
                 true});
    chart.addPanel(u"Sessions on each peer"_s, held);
    return chart.svg();
}

} // namespace qproxysql::simulation
