// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "models/applicationsmodel.h"

#include "cluster/drainverdicts.h"
#include "models/columnalignment.h"
#include "models/monitortexts.h"
#include "models/plaintooltip.h"
#include "verdict/drainsides.h"
#include "verdict/draintexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

using AppColumn = ApplicationRow::Column;

Qt::Alignment alignmentOf(int column)
{
    if (column == AppColumn::KnowsDrain) // apart from the number before it
        return Qt::AlignHCenter;
    return column >= AppColumn::Pid && column <= AppColumn::InUse ? Qt::AlignRight : Qt::AlignLeft;
}

/// What keeps its sessions, sorted by how long.
TableCell keptBy(const ApplicationEvidence &application)
{
    QStringList parts;
    if (application.longestTransaction)
        parts.append(MonitorTexts::tr("open transaction, %1")
                             .arg(DrainTexts::age(*application.longestTransaction)));
    parts += DrainTexts::pins(application);
    if (parts.isEmpty())
        return {};
    if (application.idleHolder)
        parts.append(MonitorTexts::tr("idle for %1").arg(DrainTexts::age(*application.idleHolder)));
    return {parts.join(", "_L1), std::max(application.longestTransaction.value_or(0),
                                          application.idleHolder.value_or(0))};
}

QString endsWhen(const ApplicationEvidence &application)
{
    QStringList pins = application.reasons.keys();
    pins.removeAll(u"transaction"_s);
    if (pins.removeAll(u"pending_results"_s) > 0 && pins.isEmpty())
        return MonitorTexts::tr("when it has read its results");
    if (!pins.isEmpty())
        return MonitorTexts::tr("when it closes the connection");
    if (application.longestTransaction || application.inTransaction > 0)
        return MonitorTexts::tr("at COMMIT or ROLLBACK");
    return application.sessions > 0 ? MonitorTexts::tr("by itself") : QString();
}

/// True when it has sessions on the peer, or is silent and may have some.
bool mayHold(const ApplicationEvidence &application, const DrainEvidence &evidence)
{
    if (application.isSilent)
        return !evidence.hasLeft(application);
    return application.sessions > 0;
}

/// The time since its last answer, if it ever answered.
QString silenceText(const std::optional<double> &silentFor)
{
    return silentFor ? MonitorTexts::tr("does not answer for %1").arg(DrainTexts::age(*silentFor))
                     : MonitorTexts::tr("does not answer");
}

QString knowsText(const ApplicationEvidence &application, const DrainEvidence &evidence,
                  const std::optional<double> &silentFor)
{
    if (application.isSilent)
        return silenceText(silentFor);
    if (!evidence.isDraining)
        return {};
    if (!application.obeys || application.isContrary(evidence.generation))
        return MonitorTexts::tr("refuses");
    return application.generation >= evidence.generation ? MonitorTexts::tr("yes")
                                                         : MonitorTexts::tr("no");
}

std::optional<double> silenceOf(const ClusterView &view, const QString &process,
                                Clock::time_point now)
{
    const auto it = std::ranges::find_if(view.processes, [&process](const KnownProcess &known) {
        return known.process.id == process;
    });
    if (it == view.processes.cend() || it->answered == Clock::time_point())
        return std::nullopt;
    return std::chrono::duration<double>(now - it->answered).count();
}

ApplicationRow applicationRow(const ApplicationEvidence &application, const DrainEvidence &evidence,
                              const std::optional<double> &silentFor)
{
    const ProcessIdentity &process = application.process;
    const QString name = process.application.isEmpty() ? process.id.left(12) : process.application;
    const QString knows = knowsText(application, evidence, silentFor);
    ApplicationRow row;
    row.key = process.id;
    row.cells[AppColumn::Application] = name;
    row.cells[AppColumn::Host] = {process.host, process.host};
    if (process.pid > 0)
        row.cells[AppColumn::Pid] = int(process.pid);
    if (application.hasReported) {
        row.cells[AppColumn::Sessions] = application.sessions;
        row.cells[AppColumn::InUse] = application.inUse;
    }
    row.cells[AppColumn::KeptBy] = keptBy(application);
    if (const QString when = endsWhen(application); !when.isEmpty() && evidence.isDraining)
        row.cells[AppColumn::EndsWhen] = {when, when};
    row.cells[AppColumn::KnowsDrain] = knows;
    row.toolTip = DrainTexts::obstacle(application, evidence.isDraining ? evidence.generation : 0);
    QStringList sentence{DrainTexts::who(process)};
    sentence.append(application.hasReported ? DrainTexts::sessions(application.sessions)
                                            : MonitorTexts::tr("sessions not known"));
    if (application.longestTransaction)
        sentence.append(MonitorTexts::tr("a transaction open"));
    if (application.isSilent)
        sentence.append(MonitorTexts::tr("does not answer"));
    else if (evidence.isDraining)
        sentence.append(MonitorTexts::tr("knows of the drain: %1").arg(knows));
    row.sentence = sentence.join(", "_L1);
    return row;
}

/// Sessions that belong to no reporting application, by account and host.
QList<ApplicationRow> rowsOfOthers(const DrainSides &sides)
{
    QList<ApplicationRow> rows;
    // An application that does not know the ids of all its connections owns some of these rows.
    if (!sides.isListChecked || sides.rows.size() <= sides.heldSessions)
        return rows;
    QMap<std::pair<QString, QString>, int> counts;
    for (const ServerList::Row &one : sides.unknownRows) {
        QString host = one.host;
        if (const qsizetype colon = host.lastIndexOf(u':'); colon > 0)
            host.truncate(colon); // the client's port is of no use here
        ++counts[{one.user, host}];
    }
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        const auto &[user, host] = it.key();
        ApplicationRow row;
        row.key = u"other "_s + user + u'@' + host;
        const QString name = MonitorTexts::tr("other sessions: %1@%2").arg(user, host);
        row.cells[AppColumn::Application] = name;
        row.cells[AppColumn::Host] = {host, host};
        row.cells[AppColumn::Sessions] = it.value();
        row.toolTip = MonitorTexts::tr(
                "Listed by the server itself; they belong to no application that "
                "reports here");
        row.sentence = name + ", "_L1 + DrainTexts::sessions(it.value());
        rows.append(row);
    }
    return rows;
}

} // namespace

ApplicationsModel::ApplicationsModel(QObject *parent, const Clock &clock)
    : KeyedTable(parent)
    , m_clock(clock)
{
}

void ApplicationsModel::setView(const ClusterView &view, const QString &peerName)
{
    QList<ApplicationRow> rows;
    const PeerSearch peer(view, peerName);
    if (!peerName.isEmpty() && peer.isFound()) {
        const DrainEvidence evidence = drainEvidence(view, peer);
        const Clock::time_point now = m_clock.now();
        for (const ApplicationEvidence &application : evidence.applications) {
            if (!mayHold(application, evidence))
                continue;
            rows.append(applicationRow(application, evidence,
                                       application.isSilent
                                               ? silenceOf(view, application.process.id, now)
                                               : std::nullopt));
        }
        rows += rowsOfOthers(DrainSides(evidence));
    }
    setRows(rows);
}

QVariant ApplicationsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ApplicationRow &row = rowAt(index.row());
    const TableCell &cell = row.cells[size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::TextAlignmentRole:
        return cellAlignment(alignmentOf(index.column()));
    case Qt::ToolTipRole:
        return row.toolTip.isEmpty() ? QVariant() : QVariant(plainToolTip(row.toolTip));
    case Qt::AccessibleTextRole:
        return index.column() == Application ? row.sentence : cell.text;
    case SortRole:
        return cell.sort;
    default:
        return {};
    }
}

QVariant ApplicationsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const QString texts[ColumnCount] = {tr("Application"), tr("Host"),       tr("PID"),
                                        tr("Sessions"),    tr("In use"),     tr("Kept by"),
                                        tr("Ends when"),   tr("Knows drain")};
    return headerOf(texts[section], alignmentOf(section), role);
}

} // namespace qproxysql
