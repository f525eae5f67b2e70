// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/proxystandin.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <atomic>

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

static QByteArray ok()
{
    return packet(1, QByteArray("\0\0\0\2\0\0\0", 7));
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

/// Counts quotes as nothing: a semicolon in a string makes several statements of one.
class ProxyStandIn::Behaviour : public Interceptor
{
public:
    explicit Behaviour(Kind kind)
        : m_kind(kind)
    {
    }

    void setServers(Servers servers) { m_servers = servers; }

    QByteArray greeting(const QByteArray &bytes) override
    {
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
        constexpr quint16 SessionTrack = 1 << (23 - 16), DeprecateEof = 1 << (24 - 16);
        char *const flags = greeting.data() + upper;
        qToLittleEndian<quint16>(qFromLittleEndian<quint16>(flags)
                                         & quint16(~(SessionTrack | DeprecateEof)),
                                 flags);
        return packet(0, '\x0a' + QByteArray("8.0.11") + greeting.mid(versionEnd));
    }

    Verdict judge(const RequestCounter::Request &request) override
    {
        if (request.command == Command::Quit || request.command == Command::StmtClose)
            return {};
        return m_kind == Kind::ProxySql ? judgeAsProxySql(request) : judgeAsMaxScale(request);
    }

private:
    Verdict judgeAsProxySql(const RequestCounter::Request &request) const
    {
        if (request.text == "select @@version_comment limit 1")
            return {oneValue("@@version_comment", "(ProxySQL)")};
        const QByteArrayList statements = statementsIn(request.text);
        if (statements.size() > 1 && begins(statements.first(), "USE ")) {
            return {error(1148, "42000",
                          "Unable to parse multi-statements command with USE statement")};
        }
        const bool isItsOwn = request.command == Command::InitDb || request.command == Command::Ping
                              || (statements.size() == 1 && begins(statements.first(), "SET "));
        if (hasServerFor(request))
            return {};
        if (isItsOwn)
            return {ok()};
        return {error(9001, "HY000",
                      "Max connect timeout reached while reaching hostgroup 0 after 0ms")};
    }

    Verdict judgeAsMaxScale(const RequestCounter::Request &request) const
    {
        if (hasServerFor(request))
            return {};
        return {error(1927, "08S01", "Connection killed by MaxScale: Router could not route query"),
                true};
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
    quint32 m_lastSession = 1'000'000; ///< the proxy's own number; far from those of a server
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
}

} // namespace qproxysql::sandbox
