// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/proxystandin.h"

#include <QtCore/QHash>
#include <QtCore/QtEndian>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace qproxysql::sandbox {

using Kind = ProxyStandIn::Kind;
using Servers = ProxyStandIn::Servers;

static QByteArray packet(quint8 sequence, const QByteArray &payload)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian<quint32>(quint32(payload.size()), bytes.data());
    bytes[3] = char(sequence);
    return bytes + payload;
}

static QByteArray ok(bool isInTransaction)
{
    return packet(1,
                  QByteArray("\0\0\0", 3) + (isInTransaction ? '\3' : '\2') + QByteArray(3, '\0'));
}

static QByteArray error(quint16 code, const char *state, const char *text, quint8 sequence = 1)
{
    QByteArray payload(3, Qt::Uninitialized);
    payload[0] = '\xff';
    qToLittleEndian(code, payload.data() + 1);
    return packet(sequence, payload + '#' + state + text);
}

static QByteArray counted(const QByteArray &text)
{
    return char(text.size()) + text;
}

static QByteArray oneValue(const QByteArray &column, const QByteArray &value)
{
    const QByteArray end("\xfe\0\0\2\0", 5);
    const QByteArray definition = counted("def") + counted({}) + counted({}) + counted({})
                                  + counted(column) + counted({})
                                  + QByteArray("\x0c\x21\0\xff\0\0\0\xfd\0\0\0\0\0", 13);
    return packet(1, QByteArray(1, '\1')) + packet(2, definition) + packet(3, end)
           + packet(4, counted(value)) + packet(5, end);
}

/// Takes session tracking, and rows without an EOF, from the upper half of capabilities.
static void withoutTracking(char *flags)
{
    constexpr quint16 SessionTrack = 1 << (23 - 16), DeprecateEof = 1 << (24 - 16);
    qToLittleEndian<quint16>(qFromLittleEndian<quint16>(flags)
                                     & quint16(~(SessionTrack | DeprecateEof)),
                             flags);
}

static QByteArrayList statementsIn(const QByteArray &text)
{
    QByteArrayList statements;
    for (const QByteArray &part : text.split(';')) {
        if (!part.trimmed().isEmpty())
            statements += part.trimmed();
    }
    return statements;
}

static bool begins(const QByteArray &statement, const char *word)
{
    return statement.toUpper().startsWith(word);
}

static QByteArray withoutComment(const QByteArray &text)
{
    const QByteArray rest = text.trimmed();
    return rest.startsWith("/*") ? withoutComment(rest.mid(rest.indexOf("*/") + 2)) : rest;
}

/// Calls \a change with the payload of each packet that has come as a whole.
template<typename Change>
static void forEachPacket(QByteArray *packets, const Change &change)
{
    for (qsizetype at = 0; at + 4 <= packets->size();) {
        const auto size = qsizetype(qFromLittleEndian<quint32>(packets->constData() + at)
                                    & 0xffffff);
        if (at + 4 + size > packets->size())
            return;
        change(packets->data() + at + 4, size);
        at += 4 + size;
    }
}

constexpr quint16 InTransaction = 1, MoreResults = 8;

/// The flags of an OK whose numbers are small, or of the end of rows; nullptr: it is neither.
static char *flagsOf(char *payload, qsizetype size)
{
    if (size == 5 && payload[0] == '\xfe')
        return payload + 3;
    return size >= 7 && payload[0] == '\0' ? payload + 3 : nullptr;
}

static void claimTransaction(char *flags)
{
    qToLittleEndian<quint16>(qFromLittleEndian<quint16>(flags) | InTransaction, flags);
}

/// Counts quotes as nothing: a semicolon in a string makes several statements of one.
class ProxyStandIn::Behaviour : public Interceptor
{
public:
    explicit Behaviour(Kind kind)
        : m_kind(kind)
    {
    }

    void setServers(Servers servers) { m_servers = servers; }
    bool isMaxScale() const { return m_kind == Kind::MaxScale; }
    void setSplit(bool split) { m_isSplit = split; }
    void setVersion(const QByteArray &version)
    {
        const std::scoped_lock lock(m_versionMutex);
        m_version = version;
    }

    QByteArray greeting(const QByteArray &bytes, const void *connection) override
    {
        m_sessions.remove(connection);
        if (m_kind == Kind::MaxScale && m_servers == Servers::None)
            return error(1815, "HY000", "Internal error: Session creation failed", 0);
        if (bytes.size() < 5 || bytes.at(4) != 10)
            return bytes;
        const qsizetype versionEnd = bytes.indexOf('\0', 5);
        // thread id, half of the scramble and a zero, lower capabilities, charset, status
        const qsizetype upper = versionEnd + 1 + 4 + 9 + 2 + 1 + 2;
        QByteArray greeting = bytes;
        qToLittleEndian<quint32>(++m_lastSession, greeting.data() + versionEnd + 1);
        if (m_kind == Kind::MaxScale)
            return greeting;
        withoutTracking(greeting.data() + upper);
        const std::scoped_lock lock(m_versionMutex);
        return packet(0, '\x0a' + m_version + greeting.mid(versionEnd));
    }

    // libmysqlclient names what it has, whatever it was greeted with.
    void login(QByteArray *packet) override
    {
        constexpr qsizetype Upper = 4 + 2;
        if (m_kind == Kind::ProxySql && packet->size() >= Upper + 2)
            withoutTracking(packet->data() + Upper);
    }

    void alter(const RequestCounter::Request &request, const void *connection,
               QByteArray *packets) override
    {
        if (m_kind != Kind::ProxySql)
            return;
        Session &session = m_sessions[connection];
        const bool isItsOwn = this->isItsOwn(request);
        if (isSelectionOfSchema(request)) {
            session.lacksSchema = packets->size() > 4 && packets->at(4) == '\xff';
            if (session.lacksSchema)
                *packets = ok(false);
        }
        if (packets->size() > 4 && !isItsOwn)
            session.hasFailed = packets->at(4) == '\xff';
        forEachPacket(packets, [&](char *payload, qsizetype size) {
            char *const flags = flagsOf(payload, size);
            if (!flags)
                return;
            const bool isIntermediate = payload[0] == '\0'
                                        && (qFromLittleEndian<quint16>(flags) & MoreResults);
            const bool isPrepare = request.command == Command::StmtPrepare && payload[0] == '\xfe';
            if (isPrepare || (request.command == Command::Query && isIntermediate)
                || (isItsOwn && session.hasFailed))
                claimTransaction(flags);
        });
    }

    Verdict judge(const RequestCounter::Request &request, const void *connection) override
    {
        if (request.command == Command::Quit || request.command == Command::StmtClose)
            return {};
        return m_kind == Kind::ProxySql ? judgeAsProxySql(request, m_sessions[connection])
                                        : judgeAsMaxScale(request);
    }

private:
    struct Session
    {
        bool hasFailed = false; ///< its last statement on a server
        bool lacksSchema = false;
        bool isTied = false; ///< to the hostgroup of what is no SELECT
    };

    static bool isSelectionOfSchema(const RequestCounter::Request &request)
    {
        return request.command == Command::InitDb
               || (isItsOwn(request) && begins(request.text.trimmed(), "USE "));
    }

    static bool isItsOwn(const RequestCounter::Request &request)
    {
        if (request.command == Command::InitDb || request.command == Command::Ping)
            return true;
        const QByteArrayList statements = statementsIn(request.text);
        return request.command == Command::Query && statements.size() == 1
               && (begins(statements.first(), "SET ") || begins(statements.first(), "USE "));
    }

    static bool ties(const QByteArrayList &statements)
    {
        return !statements.isEmpty() && begins(statements.first(), "SET ")
               && (statements.size() > 1 || begins(statements.first(), "SET STATEMENT ")
                   || begins(statements.first(), "SET @")
                   || statements.first().contains("session_track"));
    }

    Verdict judgeAsProxySql(const RequestCounter::Request &request, Session &session) const
    {
        if (request.text == "select @@version_comment limit 1")
            return {oneValue("@@version_comment", "(ProxySQL)")};
        const QByteArrayList statements = statementsIn(request.text);
        if (statements.size() > 1 && begins(withoutComment(statements.first()), "USE ")) {
            return {error(1148, "42000",
                          "Unable to parse multi-statements command with USE statement")};
        }
        session.isTied |= m_isSplit && ties(statements);
        if (session.isTied && begins(request.text, "SELECT")) {
            return {error(9006, "Y0000",
                          "ProxySQL Error: connection is locked to hostgroup 0 but trying to reach "
                          "hostgroup 1")};
        }
        if (session.lacksSchema && !isItsOwn(request))
            return {error(1044, "42000", "Access denied for user 'app'@'%' to database")};
        if (hasServerFor(request))
            return {};
        if (isItsOwn(request))
            return {ok(session.hasFailed)};
        return {error(9001, "HY000",
                      "Max connect timeout reached while reaching hostgroup 0 after 10000ms")};
    }

    Verdict judgeAsMaxScale(const RequestCounter::Request &request) const
    {
        return {{}, !hasServerFor(request)};
    }

    bool hasServerFor(const RequestCounter::Request &request) const
    {
        const Servers servers = m_servers;
        if (servers != Servers::NoMaster)
            return servers == Servers::All;
        if (request.command == Command::InitDb || request.command == Command::Ping)
            return true;
        const QByteArrayList statements = statementsIn(request.text);
        return statements.size() == 1
               && std::ranges::any_of(std::initializer_list<const char *>{"SELECT ", "SHOW ",
                                                                          "SET ", "USE "},
                                      [&](const char *word) {
                                          return begins(statements.first(), word);
                                      });
    }

    const Kind m_kind;
    std::atomic<Servers> m_servers{Servers::All};
    std::atomic<bool> m_isSplit{false};
    std::mutex m_versionMutex;
    QByteArray m_version = "8.0.11";
    QHash<const void *, Session> m_sessions; ///< the relay's thread
    quint32 m_lastSession = 1'000'000;       ///< the proxy's own number; far from those of a server
};

ProxyStandIn::ProxyStandIn(quint16 serverPort, Kind kind)
    : m_behaviour(new Behaviour(kind))
    , m_relay(serverPort, 0, std::unique_ptr<Interceptor>(m_behaviour))
{
}

ProxyStandIn::~ProxyStandIn() = default;

void ProxyStandIn::setServers(Servers servers)
{
    m_behaviour->setServers(servers);
    if (servers == Servers::None && m_behaviour->isMaxScale())
        m_relay.cutConnections();
}

void ProxyStandIn::setSplit(bool split)
{
    m_behaviour->setSplit(split);
}

void ProxyStandIn::setVersion(const QByteArray &version)
{
    m_behaviour->setVersion(version);
}

} // namespace qproxysql::sandbox
