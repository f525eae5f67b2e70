// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/processreport.h"

#include "config/coretexts.h"
#include "drain/plaintext.h"
#include "report/processidentityjson.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

// Limits for texts from other processes.
constexpr qsizetype LongestWord = 300;
constexpr qsizetype LongestSentence = 1000;
constexpr qsizetype MostTexts = 100;

constexpr QLatin1StringView ControlWords[] = {"off"_L1, "local"_L1, "fleet"_L1}; // by enum value

constexpr std::pair<QLatin1StringView, int SessionCounts::*> Counts[] =
        {{"sessions"_L1, &SessionCounts::sessions},
         {"parked"_L1, &SessionCounts::parked},
         {"inUse"_L1, &SessionCounts::inUse},
         {"busy"_L1, &SessionCounts::busy},
         {"pinned"_L1, &SessionCounts::pinned},
         {"inTransaction"_L1, &SessionCounts::inTransaction}};
constexpr std::pair<QLatin1StringView, std::optional<double> PeerReport::*> Ages[] =
        {{"oldestSession"_L1, &PeerReport::oldestSession},
         {"longestTransaction"_L1, &PeerReport::longestTransaction},
         {"idleHolder"_L1, &PeerReport::idleHolder},
         {"nextCheck"_L1, &PeerReport::nextCheck},
         {"connectAge"_L1, &PeerReport::connectAge},
         {"answerAge"_L1, &PeerReport::answerAge},
         {"failureAge"_L1, &PeerReport::failureAge}};
constexpr std::pair<QLatin1StringView, quint64 PeerCounters::*> Counters[] =
        {{"statements"_L1, &PeerCounters::statements},
         {"errors"_L1, &PeerCounters::errors},
         {"reruns"_L1, &PeerCounters::reruns},
         {"movesAway"_L1, &PeerCounters::movesAway},
         {"movesHere"_L1, &PeerCounters::movesHere},
         {"connects"_L1, &PeerCounters::connects},
         {"connectErrors"_L1, &PeerCounters::connectErrors},
         {"fatesUnknown"_L1, &PeerCounters::fatesUnknown},
         {"fatesCommitted"_L1, &PeerCounters::fatesCommitted},
         {"fatesNotCommitted"_L1, &PeerCounters::fatesNotCommitted}};

QJsonObject objectOf(const QMap<QString, int> &counts)
{
    QJsonObject object;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QJsonObject objectOf(const PeerError &error)
{
    return {{u"code"_s, error.code},
            {u"text"_s, error.text},
            {u"at"_s, error.at.toUTC().toString(Qt::ISODateWithMs)}};
}

QJsonObject objectOf(const PeerReport &peer)
{
    QJsonArray ids;
    for (const quint64 id : peer.connectionIds)
        ids.append(qint64(id));
    const PeerAddress &address = peer.address;
    QJsonObject object{{u"peer"_s, address.name()},
                       {u"host"_s, address.host},
                       {u"port"_s, address.isSocket() ? QJsonValue() : QJsonValue(address.port)},
                       {u"identities"_s, QJsonArray::fromStringList(peer.identities)},
                       {u"health"_s, peer.health.name()},
                       {u"service"_s, peer.service ? enumName(*peer.service) : QString()},
                       {u"reasons"_s, objectOf(peer.reasons)},
                       {u"replays"_s, peer.transactions.replayed},
                       {u"transactionsLost"_s, objectOf(peer.transactions.lost)},
                       {u"connectionIds"_s, ids}};
    if (address.isSocket())
        object.insert("socket"_L1, address.socket);
    if (!peer.serverRequest.isEmpty())
        object.insert("serverWish"_L1, peer.serverRequest);
    if (!peer.problems.isEmpty())
        object.insert("trouble"_L1, QJsonArray::fromStringList(peer.problems));
    for (const auto &[name, field] : Counts)
        object.insert(name, peer.*field);
    for (const auto &[name, field] : Counters)
        object.insert(name, qint64(peer.counters.*field));
    object.insert("cuts"_L1, objectOf(peer.counters.cuts));
    for (const auto &[name, field] : Ages) {
        if (peer.*field)
            object.insert(name, std::round(*(peer.*field) * 1000) / 1000); // whole milliseconds
    }
    if (peer.isChecking)
        object.insert("checking"_L1, true);
    if (!peer.lastError.isEmpty())
        object.insert("lastError"_L1, objectOf(peer.lastError));
    return object;
}

QString reportedWord(const QJsonValue &value)
{
    return plainText(value.toString(), LongestWord);
}

QStringList reportedTexts(const QJsonValue &value, qsizetype longest)
{
    QStringList texts;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &one : array) {
        if (one.isString() && texts.size() < MostTexts)
            texts.append(plainText(one.toString(), longest));
    }
    return texts;
}

/// An invalid or negative count is read as 0.
int countOf(const QJsonValue &value)
{
    return std::max(0, value.toInt());
}

std::optional<double> ageOf(const QJsonValue &value)
{
    if (!value.isDouble() || value.toDouble() < 0)
        return std::nullopt;
    return value.toDouble();
}

PeerError errorOf(const QJsonObject &error)
{
    return {error.value("code"_L1).toInt(),
            plainText(error.value("text"_L1).toString(), LongestSentence),
            QDateTime::fromString(error.value("at"_L1).toString(), Qt::ISODateWithMs)};
}

QMap<QString, int> countsOf(const QJsonValue &value)
{
    QMap<QString, int> counts;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end() && counts.size() < MostTexts; ++it)
        counts.insert(plainText(it.key(), LongestWord), countOf(it.value()));
    return counts;
}

std::optional<PeerReport> peerOf(const QJsonObject &object)
{
    const auto address = PeerAddress::parse(reportedWord(object.value("peer"_L1)));
    if (!address)
        return std::nullopt;
    PeerReport peer;
    peer.address = *address;
    peer.identities = reportedTexts(object.value("identities"_L1), LongestWord);
    peer.health = ReportedHealth::named(reportedWord(object.value("health"_L1)));
    peer.service = enumNamed<Service>(object.value("service"_L1).toString());
    peer.serverRequest = reportedWord(object.value("serverWish"_L1));
    for (const auto &[name, field] : Counts)
        peer.*field = countOf(object.value(name));
    for (const auto &[name, field] : Counters)
        peer.counters.*field = quint64(std::max<qint64>(0, object.value(name).toInteger()));
    peer.counters.cuts = countsOf(object.value("cuts"_L1));
    for (const auto &[name, field] : Ages)
        peer.*field = ageOf(object.value(name));
    peer.reasons = countsOf(object.value("reasons"_L1));
    peer.transactions.replayed = countOf(object.value("replays"_L1));
    peer.transactions.lost = countsOf(object.value("transactionsLost"_L1));
    peer.problems = reportedTexts(object.value("trouble"_L1), LongestSentence);
    peer.lastError = errorOf(object.value("lastError"_L1).toObject());
    peer.isChecking = object.value("checking"_L1).toBool();
    const QJsonArray ids = object.value("connectionIds"_L1).toArray();
    for (const QJsonValue &id : ids) {
        if (const qint64 number = id.toInteger(); number > 0)
            peer.connectionIds.append(quint64(number));
    }
    return peer;
}

PoolReport poolOf(const QJsonObject &object)
{
    PoolReport pool;
    pool.name = reportedWord(object.value("pool"_L1));
    const auto word = std::ranges::find(ControlWords, object.value("control"_L1).toString());
    pool.control = word == std::end(ControlWords) ? Control::Local
                                                  : Control(word - std::begin(ControlWords));
    const QJsonArray peers = object.value("peers"_L1).toArray();
    for (const QJsonValue &one : peers) {
        if (auto peer = peerOf(one.toObject()))
            pool.peers.append(*std::move(peer));
    }
    return pool;
}

Unexpected<ProcessReport::Problem> foreign(const QString &what)
{
    return {{ProcessReport::Problem::Foreign,
             CoreTexts::tr("not a process's report: %1").arg(what)}};
}

} // namespace

SessionCounts &SessionCounts::operator+=(const SessionCounts &others)
{
    for (const auto &[name, field] : Counts)
        this->*field += others.*field;
    return *this;
}

bool PeerReport::isNamed(const QStringList &names) const
{
    return std::ranges::any_of(names, [this](const QString &name) {
        return foldedPeerName(name) == foldedPeerName(address.name())
               || containsPeerName(identities, name);
    });
}

QByteArray ProcessReport::toLine() const
{
    QJsonObject object = jsonOf(process);
    object.insert("format"_L1, Format);
    object.insert("generation"_L1, qint64(generation));
    QJsonArray allPools;
    for (const PoolReport &pool : pools) {
        QJsonArray peers;
        for (const PeerReport &peer : pool.peers)
            peers.append(objectOf(peer));
        allPools.append(QJsonObject{{u"pool"_s, pool.name},
                                    {u"control"_s, ControlWords[int(pool.control)]},
                                    {u"peers"_s, peers}});
    }
    object.insert("pools"_L1, allPools);
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Expected<ProcessReport, ProcessReport::Problem> ProcessReport::read(const QByteArray &line)
{
    QJsonParseError parseError;
    const QJsonDocument document = QJsonDocument::fromJson(line, &parseError);
    if (!document.isObject())
        return Unexpected(
                Problem{Problem::Garbage,
                        parseError.error == QJsonParseError::NoError
                                ? CoreTexts::tr("no JSON object")
                                : CoreTexts::tr("no JSON: %1").arg(parseError.errorString())});
    const QJsonObject object = document.object();
    if (object.value("format"_L1).toInt() < 1)
        return foreign(CoreTexts::tr("it has no \"format\""));
    ProcessReport report;
    report.process = identityOf(object);
    if (report.process.id.isEmpty() || !object.value("pools"_L1).isArray())
        return foreign(CoreTexts::tr("it lacks \"process\" or \"pools\""));
    report.generation = quint64(std::max<qint64>(0, object.value("generation"_L1).toInteger()));
    const QJsonArray pools = object.value("pools"_L1).toArray();
    for (const QJsonValue &pool : pools)
        report.pools.append(poolOf(pool.toObject()));
    return report;
}

} // namespace qproxysql
