// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "sandbox/groupreplication.h"

#include <QtCore/QUuid>

#include <thread>

namespace qproxysql::sandbox {

using namespace std::chrono_literals;

static constexpr auto GroupTimeout = 60s;

static QString membersWhere(const char *condition)
{
    return QStringLiteral("SELECT MEMBER_STATE FROM performance_schema.replication_group_members "
                          "WHERE %1")
            .arg(QLatin1String(condition));
}

GroupReplication::GroupReplication(Mode mode, int count, const QStringList &flags)
    : m_mode(mode)
    , m_flags(flags)
    , m_groupName(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    for (int i = 0; i < count; ++i) {
        Server::Setup setup;
        setup.name = QStringLiteral("member%1").arg(i + 1);
        setup.folder = m_directory.filePath(QString::number(i));
        setup.serverId = i + 1;
        setup.kind = ServerKind::MySql;
        m_members.push_back({PortReservation::take(), std::make_unique<Server>(setup)});
        m_members.back().server->setAnswerTimeout(GroupTimeout); // it waits for the group
    }
}

GroupReplication::~GroupReplication()
{
    for (const Member &member : m_members)
        member.server->kill();
}

QStringList GroupReplication::memberFlags(const Member &member) const
{
    QStringList seeds;
    for (const Member &other : m_members)
        seeds += QStringLiteral("127.0.0.1:%1").arg(other.group.port());
    const bool isMulti = m_mode == Mode::MultiPrimary;
    QStringList flags{QStringLiteral("--gtid-mode=ON"),
                      QStringLiteral("--enforce-gtid-consistency=ON"),
                      QStringLiteral("--log-bin=bl"),
                      QStringLiteral("--relay-log=rl"),
                      QStringLiteral("--report-host=127.0.0.1"),
                      QStringLiteral("--plugin-load-add=group_replication.so")};
    const QStringList group{QStringLiteral("group-name=") + m_groupName,
                            QStringLiteral("start-on-boot=OFF"),
                            QStringLiteral("local-address=127.0.0.1:%1").arg(member.group.port()),
                            QStringLiteral("group-seeds=") + seeds.join(QLatin1Char(',')),
                            QStringLiteral("bootstrap-group=OFF"),
                            QStringLiteral("single-primary-mode=%1").arg(isMulti ? u"OFF" : u"ON"),
                            QStringLiteral("enforce-update-everywhere-checks=%1")
                                    .arg(isMulti ? u"ON" : u"OFF"),
                            QStringLiteral("recovery-get-public-key=ON"),
                            QStringLiteral("member-expel-timeout=0"),
                            QStringLiteral("ip-allowlist=127.0.0.1/8")};
    for (const QString &flag : group)
        flags += QStringLiteral("--loose-group-replication-") + flag;
    return flags + m_flags;
}

bool GroupReplication::start()
{
    m_errorString.clear();
    if (!m_directory.isValid())
        return fail(QStringLiteral("No folder for the servers' data can be made or locked"));
    std::vector<std::thread> starters;
    for (Member &member : m_members) {
        if (!member.group.isValid())
            return fail(QStringLiteral("there is no free port"));
        member.server->setFlags(memberFlags(member));
    }
    for (Member &member : m_members)
        starters.emplace_back([server = member.server.get()] { server->start(); });
    for (std::thread &starter : starters)
        starter.join();
    for (Member &member : m_members) {
        if (!member.server->isRunning())
            return fail(member.server->errorString());
    }
    if (!execute(0, QStringLiteral("SET GLOBAL group_replication_bootstrap_group=ON")) || !join(0)
        || !execute(0, QStringLiteral("SET GLOBAL group_replication_bootstrap_group=OFF"))
        || !execute(0,
                    QStringLiteral("GRANT SELECT ON performance_schema.replication_group_members "
                                   "TO 'app'@'%', 'app'@'localhost'")))
        return false;
    for (int i = 1; i < count(); ++i) {
        if (!join(i))
            return false;
    }
    return true;
}

QString GroupReplication::hostList() const
{
    QStringList addresses;
    for (const Member &member : m_members)
        addresses += member.server->address();
    return addresses.join(QLatin1Char(','));
}

bool GroupReplication::join(int index)
{
    return execute(index, QStringLiteral("CHANGE REPLICATION SOURCE TO SOURCE_USER='repl', "
                                         "SOURCE_PASSWORD='secret' FOR CHANNEL "
                                         "'group_replication_recovery'"))
           && execute(index, QStringLiteral("START GROUP_REPLICATION"))
           && waitForState(index, QStringLiteral("ONLINE"));
}

bool GroupReplication::leave(int index)
{
    return execute(index, QStringLiteral("STOP GROUP_REPLICATION"));
}

QString GroupReplication::state(int index)
{
    return (*this)[index].executeAsRoot(membersWhere("MEMBER_ID IN (@@server_uuid, '')")).value();
}

bool GroupReplication::waitForState(int index, const QString &state)
{
    return waitUntil([&] { return this->state(index) == state; },
                     QStringLiteral("%1 does not become %2").arg((*this)[index].name(), state));
}

int GroupReplication::reachable(int index)
{
    return int(
            (*this)[index].executeAsRoot(membersWhere("MEMBER_STATE <> 'UNREACHABLE'")).rows.size());
}

int GroupReplication::primary()
{
    for (int i = 0; i < count(); ++i) {
        const QString role = QStringLiteral(
                "SELECT MEMBER_ROLE FROM performance_schema.replication_group_members "
                "WHERE MEMBER_ID = @@server_uuid AND MEMBER_STATE = 'ONLINE'");
        if ((*this)[i].isRunning() && !(*this)[i].isFrozen()
            && (*this)[i].executeAsRoot(role).value() == u"PRIMARY")
            return i;
    }
    return -1;
}

bool GroupReplication::setPrimary(int index)
{
    const QString uuid = (*this)[index].executeAsRoot(QStringLiteral("SELECT @@server_uuid")).value();
    return execute(index, QStringLiteral("SELECT group_replication_set_as_primary('%1')").arg(uuid));
}

Answer GroupReplication::executeAsRoot(const QString &sql)
{
    const int primary = this->primary();
    if (primary >= 0)
        return (*this)[primary].executeAsRoot(sql);
    Answer answer;
    answer.errorString = QStringLiteral("no member takes writes");
    return answer;
}

bool GroupReplication::execute(int index, const QString &sql)
{
    Server &server = (*this)[index];
    const Answer answer = server.executeAsRoot(sql);
    return answer
           || fail(QStringLiteral("%1: %2: %3\n%4")
                           .arg(server.name(), sql, answer.errorString, server.logTail()));
}

bool GroupReplication::waitUntil(const std::function<bool()> &condition, const QString &what)
{
    const auto deadline = std::chrono::steady_clock::now() + GroupTimeout;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline)
            return fail(what);
        std::this_thread::sleep_for(20ms);
    }
    return true;
}

bool GroupReplication::fail(const QString &text)
{
    m_errorString = text;
    return false;
}

} // namespace qproxysql::sandbox
