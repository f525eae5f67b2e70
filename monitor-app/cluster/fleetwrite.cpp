// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/fleetwrite.h"

#include "cluster/ctltexts.h"
#include "cluster/fleetledger.h"

#include <QtCore/QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// The state of one FleetWrite::run().
class FleetWriting
{
public:
    explicit FleetWriting(const FleetWrite &write)
        : m_write(write)
        , m_schema(write.schema)
        , m_newest(write.known)
        , m_failures(write.unreachable)
    {
    }
    DrainFile::Outcome run();

private:
    using Entries = QList<DrainRequest>;
    void writeTo(const FullConnectRequest &server);
    std::optional<Entries> decide(const DrainTable::Reading &rows);
    DrainChange changeOf(const Entries &fleet) const;
    std::optional<DrainRefusal> objection(const DrainChange &change,
                                          const DrainTable::Reading &rows) const;
    void note(const QString &server, const FleetLedger::Result &result);
    DrainRefusal unwritten() const;

    const FleetWrite &m_write;
    const ControlSchema m_schema;
    Entries m_newest;
    bool m_isDecided = false;
    QSet<QString> m_clusters; ///< ids of Galera clusters that have the request
    QStringList m_failures;
    int m_missing = 0;
    int m_failed = 0;
    DrainFile::Outcome m_outcome;
};

DrainFile::Outcome FleetWriting::run()
{
    m_outcome.refusal = badRequest(m_write.request);
    for (const FullConnectRequest &server : m_write.servers) {
        if (m_outcome.refusal)
            return m_outcome;
        writeTo(server);
    }
    if (!m_isDecided)
        m_outcome.refusal = m_outcome.refusal.value_or(unwritten());
    else
        m_outcome.problems = m_failures;
    return m_outcome;
}

void FleetWriting::writeTo(const FullConnectRequest &server)
{
    const QString name = server.peer.name();
    FullConnectResult opened = fullConnect(server);
    if (!opened.isOk()) {
        m_failures.append(u"%1: %2 %3"_s.arg(name, QString::number(opened.failure.code),
                                             opened.failure.text));
        return;
    }
    const QString cluster = opened.facts.clusterId;
    opened.connection->adopt(nullptr);
    if (m_isDecided && m_clusters.contains(cluster))
        return;
    const FleetLedger ledger(*opened.connection->driver(), m_schema, opened.facts);
    const FleetLedger::Result result = ledger.change(
            [this](const DrainTable::Reading &rows) -> std::optional<Entries> {
                return m_isDecided ? FleetLedger::outdated(rows, m_newest) : decide(rows);
            });
    if (result.state == FleetLedger::Result::Done) {
        m_isDecided = true;
        m_newest = newestRequests(m_newest, m_outcome.change.after);
        if (!cluster.isEmpty())
            m_clusters.insert(cluster);
    } else {
        note(name, result);
    }
}

/// The rows to write to the server; nothing: refused.
std::optional<QList<DrainRequest>> FleetWriting::decide(const DrainTable::Reading &rows)
{
    const Entries fleet = newestRequests(m_write.known, rows.entries);
    m_outcome.change = changeOf(fleet);
    m_outcome.refusal = objection(m_outcome.change, rows);
    if (m_outcome.refusal)
        return std::nullopt;
    const quint64 generation = m_outcome.change.entry.generation;
    Entries all = fleet;
    if (m_outcome.change.isNew) {
        Entries written;
        std::ranges::copy_if(m_outcome.change.after, std::back_inserter(written),
                             [generation](const DrainRequest &entry) {
                                 return entry.generation == generation;
                             });
        all = newestRequests(fleet, written);
    }
    m_outcome.change.after = all;
    return FleetLedger::outdated(rows, all);
}

// Decided with the fleet's requests; but if the machine's own directory contradicts the request, it
// must be written for the fleet, too.
DrainChange FleetWriting::changeOf(const QList<DrainRequest> &fleet) const
{
    const quint64 now = std::max(quint64(QDateTime::currentMSecsSinceEpoch()),
                                 newestGeneration(m_write.others) + 1);
    const DrainChange change = DrainChange::of(fleet, m_write.request, m_write.basis, now);
    if (change.isNew)
        return change;
    DrainChange both = DrainChange::of(newestRequests(fleet, m_write.others), m_write.request,
                                       m_write.basis, now);
    both.knownGeneration = change.knownGeneration;
    both.knownBy = change.knownBy;
    return both.isNew ? both : change;
}

std::optional<DrainRefusal> FleetWriting::objection(const DrainChange &change,
                                                    const DrainTable::Reading &rows) const
{
    if (!change.isNew)
        return {};
    if (rows.newerFormat.contains(change.entry.key()))
        return DrainRefusal{DrainRefusal::NewerFormat,
                            CtlTexts::tr("the row of %1 in %2 was written by a later version and "
                                         "is left alone: use that version")
                                    .arg(m_write.request.peer, m_schema.drainTable())};
    if (!FleetLedger::fits(change.entry))
        return DrainRefusal{
                DrainRefusal::BadRequest,
                CtlTexts::tr(
                        "the other names of %1 are too long together; allowed are %2 bytes in JSON")
                        .arg(m_write.request.peer)
                        .arg(DrainTable::MostJson)};
    auto refusal = change.objection(m_write.request, m_write.basis, m_schema.drainTable(),
                                    DrainTable::MostRows);
    if (refusal || !m_write.guard)
        return refusal;
    DrainChange everywhere = change;
    everywhere.before = newestRequests(change.before, m_write.others);
    everywhere.after = newestRequests(change.after, m_write.others);
    return m_write.guard(everywhere);
}

void FleetWriting::note(const QString &server, const FleetLedger::Result &result)
{
    const QString text = u"%1: %2"_s.arg(server, result.error);
    switch (result.state) {
    case FleetLedger::Result::Done:
    case FleetLedger::Result::Refused: // m_outcome has why
        return;
    case FleetLedger::Result::NoRights:
        if (!m_isDecided)
            m_outcome.refusal = DrainRefusal{DrainRefusal::NoRights,
                                             CtlTexts::tr("this account may not drain in %1. %2")
                                                     .arg(m_schema.drainTable(), text)};
        break;
    case FleetLedger::Result::Missing:
        ++m_missing;
        break;
    case FleetLedger::Result::Failed:
        ++m_failed;
        break;
    case FleetLedger::Result::Unwritable:
        break;
    }
    m_failures.append(text);
}

DrainRefusal FleetWriting::unwritten() const
{
    const QString all = m_failures.join(u"; "_s);
    if (m_missing > 0 && m_missing == m_failures.size())
        return {DrainRefusal::BadRequest,
                CtlTexts::tr("there is no %1: \"qproxysql-ctl init\" makes it. %2")
                        .arg(m_schema.drainTable(), all)};
    if (m_failed > 0)
        return {DrainRefusal::IoError,
                CtlTexts::tr("the drain request could not be written. %1").arg(all)};
    return {DrainRefusal::Unreachable,
            CtlTexts::tr("no server takes the request (no quorum, read-only, or no answer), so "
                         "nothing was changed, and what was known stays obeyed. %1")
                    .arg(all.isEmpty() ? CtlTexts::tr("No peer is known") : all)};
}

} // namespace

DrainFile::Outcome FleetWrite::run() const
{
    return FleetWriting(*this).run();
}

} // namespace qproxysql
