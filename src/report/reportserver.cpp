// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportserver.h"

#include "config/coretexts.h"

#include <QtCore/QFile>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>

namespace qproxysql {

namespace {

/// Simultaneous readers share a line.
constexpr qint64 LineIsFresh = 50; // milliseconds
/// Excess readers get a refusal; at most so many at a time.
constexpr int MostDeclined = 32;

} // namespace

ReportServer::ReportServer(const QString &around, ProcessIdentity process, Source source,
                           std::chrono::milliseconds patience, ReportConversation::Probes probes)
    : m_folder(around)
    , m_process(std::move(process))
    , m_source(std::move(source))
    , m_patience(patience)
    , m_probes(std::move(probes))
{
}

ReportServer::~ReportServer()
{
    if (!m_server)
        return;
    m_server.reset(); // removes the socket before the file that names its owner
    QFile::remove(m_folder.ownerFile(m_process.id));
}

Expected<void> ReportServer::listen()
{
    Expected<void> prepared = m_folder.prepare();
    if (prepared)
        prepared = m_folder.writeOwner(m_process);
    if (!prepared)
        return prepared;
    m_path = std::make_unique<SocketPath>(m_folder.path(), ReportFolder::socketName(m_process.id));
    m_server = std::make_unique<QLocalServer>();
    // QLocalServer sets the permissions under a temporary name, so the socket never has other ones.
    m_server->setSocketOptions(m_folder.isShared() ? QLocalServer::UserAccessOption
                                                             | QLocalServer::GroupAccessOption
                                                   : QLocalServer::UserAccessOption);
    connect(m_server.get(), &QLocalServer::newConnection, this, &ReportServer::welcome);
    if (m_server->listen(m_path->path()))
        return {};
    return Unexpected(
            CoreTexts::tr("Socket for reports %1: %2").arg(socketFile(), m_server->errorString()));
}

bool ReportServer::isListening() const
{
    return m_server && m_server->isListening() && QFile::exists(socketFile());
}

void ReportServer::welcome()
{
    while (QLocalSocket *socket = m_server->nextPendingConnection()) {
        if (m_readers >= MostReaders + MostDeclined) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto *const conversation = new ReportConversation(
                socket, [this] { return line(); }, m_probes, m_patience, this);
        connect(conversation, &QObject::destroyed, this, [this] { --m_readers; });
        if (++m_readers > MostReaders) {
            conversation->decline(CoreTexts::tr("%1 others read here already").arg(MostReaders));
        }
    }
}

QByteArray ReportServer::line()
{
    if (m_line.isEmpty() || m_lineAge.elapsed() >= LineIsFresh) {
        m_line = m_source().toLine();
        m_lineAge.start();
    }
    return m_line;
}

} // namespace qproxysql
