// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "verdict/reportquestion.h"

#include "config/coretexts.h"
#include "drain/plaintext.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>
#endif

namespace qproxysql {

namespace {

constexpr qsizetype LongestRefusal = 1000;
constexpr qint64 MostUnread = 256 * 1024;

// Any member of the folder's group may listen there, so the identity comes from the operating
// system.
bool isOurs(qintptr socket)
{
#if defined(Q_OS_LINUX)
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(int(socket), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0
           && (peer.uid == 0 || peer.uid == ::geteuid());
#elif defined(Q_OS_UNIX) && !defined(Q_OS_SOLARIS)
    uid_t user = 0;
    gid_t group = 0;
    return ::getpeereid(int(socket), &user, &group) == 0 && (user == 0 || user == ::geteuid());
#else
    Q_UNUSED(socket)
    return true; // the pipe's access list admits no other user
#endif
}

} // namespace

ReportQuestion::ReportQuestion(ReportFolder folder, const QString &id, Request request,
                               QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_path(m_folder.path(), ReportFolder::socketName(id))
    , m_request(request)
{
    m_answer.process.id = id;
    m_socket.setReadBufferSize(MostUnread);
    connect(&m_socket, &QLocalSocket::connected, this, [this] {
        m_wasConnected = true;
        m_answer.isTrusted = isOurs(m_socket.socketDescriptor());
        m_socket.write(m_request == Request::Probe ? "probe\n" : "report\n");
    });
    connect(&m_socket, &QLocalSocket::readyRead, this, &ReportQuestion::read);
    connect(&m_socket, &QLocalSocket::errorOccurred, this, &ReportQuestion::failed);
}

void ReportQuestion::ask()
{
    // A local connect may succeed or fail before it returns.
    QMetaObject::invokeMethod(
            this, [this] { m_socket.connectToServer(m_path.path()); }, Qt::QueuedConnection);
}

/// For a version that does not support probes.
void ReportQuestion::askPlainly()
{
    m_request = Request::Report;
    m_received.clear();
    {
        const QSignalBlocker blocker(m_socket);
        m_socket.abort();
    }
    ask();
}

void ReportQuestion::giveUp()
{
    finish(ReportAnswer::Kind::Silent, m_wasConnected
                                               ? CoreTexts::tr("it does not answer in time")
                                               : CoreTexts::tr("it does not accept in time"));
}

void ReportQuestion::read()
{
    if (m_isDone)
        return;
    const QByteArray part = m_socket.readAll();
    const qsizetype lineEnd = part.indexOf('\n');
    m_received += lineEnd < 0 ? part : part.left(lineEnd);
    if (m_received.size() > LongestLine) {
        finish(ReportAnswer::Kind::Garbage, CoreTexts::tr("what it sends has no end"));
    } else if (lineEnd >= 0) {
        understand(m_received);
    }
}

void ReportQuestion::understand(const QByteArray &line)
{
    auto report = ProcessReport::read(line);
    if (report && report->process.id != m_answer.process.id) {
        finish(ReportAnswer::Kind::Foreign, CoreTexts::tr("it is the report of another process"));
        return;
    }
    if (report) {
        m_answer.report = *std::move(report);
        m_answer.process = m_answer.report.process;
        finish(ReportAnswer::Kind::Report);
        return;
    }
    const QString declined =
            plainText(QJsonDocument::fromJson(line).object().value("error"_L1).toString(),
                      LongestRefusal);
    const auto [kind, text] = report.error();
    if (!declined.isEmpty() && m_request == Request::Probe)
        askPlainly();
    else if (!declined.isEmpty())
        finish(ReportAnswer::Kind::Declined, declined);
    else
        finish(kind == ProcessReport::Problem::Garbage ? ReportAnswer::Kind::Garbage
                                                       : ReportAnswer::Kind::Foreign,
               text);
}

void ReportQuestion::failed(QLocalSocket::LocalSocketError error)
{
    switch (error) {
    case QLocalSocket::PeerClosedError:
        if (const Request asked = m_request; read(), asked != m_request)
            return; // askPlainly() repeats the question
        finish(m_received.isEmpty() ? ReportAnswer::Kind::Silent : ReportAnswer::Kind::Garbage,
               CoreTexts::tr("it hung up before the end of a line"));
        break;
    case QLocalSocket::SocketAccessError:
        finish(ReportAnswer::Kind::NoRights, CoreTexts::tr("no right to connect to %1")
                                                     .arg(m_folder.socketFile(m_answer.process.id)));
        break;
    default:
        finish(m_wasConnected ? ReportAnswer::Kind::Silent : ReportAnswer::Kind::Refused,
               m_socket.errorString());
    }
}

void ReportQuestion::finish(ReportAnswer::Kind kind, const QString &text)
{
    if (std::exchange(m_isDone, true))
        return;
    m_answer.kind = kind;
    m_answer.text = text;
    if (kind != ReportAnswer::Kind::Report)
        m_answer.process = m_folder.owner(m_answer.process.id);
    if (kind == ReportAnswer::Kind::Refused && ReportFolder::hasEnded(m_answer.process)) {
        m_answer.kind = ReportAnswer::Kind::Ended;
        m_answer.text = CoreTexts::tr("it has ended");
        m_folder.remove(m_answer.process.id);
    }
    m_socket.disconnect(this);
    m_socket.abort();
    Q_EMIT answered(m_answer);
}

} // namespace qproxysql
