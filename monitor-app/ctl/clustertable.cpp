// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/clustertable.h"

#include "cluster/ctltexts.h"
#include "cluster/forgottendrain.h"
#include "drain/plaintext.h"
#include "verdict/draintexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The colours of a terminal; its theme says how they look.
enum class Tone { Plain, Green, Yellow, Red, Magenta, Faint };

struct Cell
{
    Cell(const QString &foreign, Tone color = Tone::Plain)
        : text(plainText(foreign))
        , tone(color)
    {
    }
    QString text;
    Tone tone;
};
using Row = QList<Cell>;

QString toned(const QString &text, Tone tone)
{
    constexpr int Codes[] = {0, 32, 33, 31, 35, 2};
    return tone == Tone::Plain ? text : u"\x1b[%1m%2\x1b[0m"_s.arg(Codes[int(tone)]).arg(text);
}

/// Pads each column to its widest cell, except for the last one.
QStringList aligned(const QList<Row> &rows, TableColors colors)
{
    QList<qsizetype> widths;
    for (const Row &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (widths.size() <= i)
                widths.append(0);
            widths[i] = std::max(widths.at(i), row.at(i).text.size());
        }
    }
    QStringList lines;
    for (const Row &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const Cell &cell = row.at(i);
            const QString padding(widths.at(i) - cell.text.size(), u' ');
            line += u"  "_s + (colors == TableColors::On ? toned(cell.text, cell.tone) : cell.text)
                    + padding;
        }
        lines.append(line.trimmed().prepend("  "_L1));
    }
    return lines;
}

QString numberOr(bool isKnown, int number)
{
    return isKnown ? QString::number(number) : u"-"_s;
}

QString noteOf(const PeerView &peer)
{
    QStringList notes;
    if (peer.service == Service::Draining && peer.entry) {
        notes.append(CtlTexts::tr("drained by %1").arg(peer.entry->requestedBy)
                     + (peer.entry->reason.isEmpty() ? u""_s : u": "_s + peer.entry->reason));
    }
    notes.append(ForgottenDrain::text(peer));
    if (!peer.serverRequest.isEmpty())
        notes.append(peer.serverRequest);
    if (const int lost = peer.transactions.lostInAll(); lost > 0)
        notes.append(CtlTexts::tr("transactions lost: %1").arg(lost));
    if (!peer.isUp() && !peer.error.isEmpty())
        notes.append(peer.error);
    else if (peer.probe && !peer.probe->isUp())
        notes.append(CtlTexts::tr("from here: %1").arg(peer.probe->message()));
    if (peer.probe && (peer.isFrontEnd || !peer.probe->between.objection.isEmpty()))
        notes.append(peer.probe->serverList.whyNot);
    if (const QString other = EvidenceTexts::disagreement(peer.judgement); !other.isEmpty())
        notes.append(other);
    notes.removeAll(QString());
    notes.removeDuplicates();
    return notes.join("; "_L1);
}

/// Shows both health and service: "Up, draining: 7 left".
QString stateOf(const PeerView &peer)
{
    QString state = peer.health == Health::Unknown ? CtlTexts::tr("Not checked")
                                                   : EvidenceTexts::word(peer.health);
    if (const QString seen = EvidenceTexts::seenBy(peer.judgement); !seen.isEmpty())
        state += u" ("_s + seen + u')';
    if (peer.isDown() && peer.nextCheck)
        state += CtlTexts::tr(", recheck in %1").arg(DrainTexts::age(*peer.nextCheck));
    if (peer.service == Service::Draining) {
        const bool canSee = peer.isReported || (peer.probe && peer.probe->serverList.isChecked);
        state += canSee ? CtlTexts::tr(", draining: %1 left").arg(peer.drain.left)
                        : CtlTexts::tr(", draining");
    }
    return state;
}

/// Red needs an operator. A drained peer that is down does not.
Tone toneOf(const PeerView &peer)
{
    if (peer.service == Service::Draining)
        return Tone::Magenta;
    if (peer.isUp())
        return peer.isSlow ? Tone::Yellow : Tone::Green;
    if (peer.isDown())
        return Tone::Red;
    return peer.health == Health::Unknown ? Tone::Faint : Tone::Yellow;
}

Row rowOf(const PeerView &peer)
{
    const bool isListed = peer.probe && peer.probe->serverList.isChecked;
    const int listed = isListed ? int(peer.probe->serverList.rows.size()) : 0;
    return {peer.address.name(),
            {stateOf(peer), toneOf(peer)},
            numberOr(peer.isReported, peer.sessions),
            numberOr(peer.isReported, peer.inUse),
            numberOr(peer.isReported, peer.inTransaction),
            numberOr(peer.isReported, peer.pinned),
            isListed ? QString::number(listed) : CtlTexts::tr("not checked"),
            peer.probe && peer.probe->connectMs
                    ? CtlTexts::tr("%1 ms").arg(*peer.probe->connectMs, 0, 'f', 1)
                    : u"-"_s,
            noteOf(peer)};
}

QStringList poolLines(const PoolView &pool, TableColors colors)
{
    const QString name = pool.name.isEmpty() ? CtlTexts::tr("(known to the drain directory only)")
                                             : pool.name;
    // Each peer counts once, as in the window.
    const auto inService = [&pool](auto is) {
        return std::ranges::count_if(pool.peers, [is](const PeerView &peer) {
            return peer.service == Service::InService && (peer.*is)();
        });
    };
    QStringList lines{
            CtlTexts::tr("%1: %2 of %3 up, %4 draining, %5 down")
                    .arg(name)
                    .arg(inService(&PeerView::isUp))
                    .arg(pool.peers.size())
                    .arg(std::ranges::count(pool.peers, Service::Draining, &PeerView::service))
                    .arg(inService(&PeerView::isDown))};
    QList<Row> rows{{CtlTexts::tr("PEER"), CtlTexts::tr("STATE"), CtlTexts::tr("SESSIONS"),
                     CtlTexts::tr("IN USE"), CtlTexts::tr("IN TX"), CtlTexts::tr("PINNED"),
                     CtlTexts::tr("SERVER'S LIST"), CtlTexts::tr("CONNECT"), CtlTexts::tr("NOTE")}};
    for (const PeerView &peer : pool.peers)
        rows.append(rowOf(peer));
    return lines + aligned(rows, colors);
}

QStringList applicationLines(const QList<KnownProcess> &processes, TableColors colors)
{
    QList<Row> rows{{CtlTexts::tr("APPLICATION"), CtlTexts::tr("HOST"), CtlTexts::tr("PID"),
                     CtlTexts::tr("USER"), CtlTexts::tr("SESSIONS"), CtlTexts::tr("STATE")}};
    for (const KnownProcess &known : processes) {
        const bool isAnswering = known.presence == KnownProcess::Presence::Answering;
        rows.append({known.process.application.isEmpty() ? known.process.id.left(12)
                                                         : known.process.application,
                     known.process.host, QString::number(known.process.pid), known.process.user,
                     numberOr(known.report.has_value(), known.sessions()),
                     isAnswering ? Cell(CtlTexts::tr("answers"))
                                 : Cell(CtlTexts::tr("silent: %1").arg(known.why), Tone::Yellow)});
    }
    return aligned(rows, colors);
}

} // namespace

QStringList clusterTable(const ClusterView &view, TableColors colors)
{
    QStringList lines;
    for (const PoolView &pool : view.pools)
        lines += poolLines(pool, colors) + QStringList{u""_s};
    if (view.pools.isEmpty())
        lines += {CtlTexts::tr("No pool is known here: no application of this machine reports one "
                               "(%1), and no pool file was given (--pool-file FILE).")
                          .arg(view.folder),
                  u""_s};
    lines.append(CtlTexts::tr("%n application(s)", nullptr, int(view.processes.size())));
    if (!view.processes.isEmpty())
        lines += applicationLines(view.processes, colors);
    return lines;
}

} // namespace qproxysql
