// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportconversation.h"

#include "config/coretexts.h"
#include "report/proberound.h"
#include "report/processreport.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QLocalSocket>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr auto ProbesInterval = 10ms;

} // namespace

ReportConversation::ReportConversation(QLocalSocket *socket, std::function<QByteArray()> line,
                                       Probes probes, std::chrono::milliseconds patience,
                                       QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_line(std::move(line))
    , m_probes(std::move(probes))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(2 * LongestRequest);
    connect(m_socket, &QLocalSocket::readyRead, this, &ReportConversation::read);
    connect(m_socket, &QLocalSocket::disconnected, this, &ReportConversation::end);
    connect(m_socket, &QLocalSocket::errorOccurred, this, &ReportConversation::end);
    connect(&m_patience, &QTimer::timeout, this, &ReportConversation::end);
    connect(&m_probing, &QTimer::timeout, this, &ReportConversation::sendOnce);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    m_patience.start();
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &ReportConversation::read, Qt::QueuedConnection);
}

void ReportConversation::read()
{
    if (m_socket->state() != QLocalSocket::ConnectedState)
        return;
    m_request += m_socket->readAll();
    const qsizetype lineEnd = m_request.indexOf('\n');
    if (m_request.size() > LongestRequest) {
        if (m_isAsked)
            end(); // the refusal was sent already
        else
            refuse(CoreTexts::tr("a request is one line of at most %1 bytes").arg(LongestRequest));
    } else if (lineEnd >= 0 && !m_isAsked) {
        obey(m_request.left(lineEnd).trimmed());
    }
}

void ReportConversation::obey(const QByteArray &request)
{
    m_isAsked = true;
    m_patience.stop();
    if (!m_whyNot.isEmpty()) {
        refuse(m_whyNot);
        return;
    }
    if (request == "report") {
        send(m_line());
    } else if (request == "probe" && m_probes.start) {
        probe();
    } else {
        refuse(CoreTexts::tr("allowed is \"report\" or \"probe\""));
    }
}

void ReportConversation::probe()
{
    m_probes.start();
    m_probesUntil.setRemainingTime(ProbeRound::WorthWaiting);
    m_probing.start(ProbesInterval);
    sendOnce();
}

/// Sends the report when the probes have ended or have taken too long; it says which probes still run.
void ReportConversation::sendOnce()
{
    if (m_probes.areUnderWay() && !m_probesUntil.hasExpired())
        return;
    m_probing.stop();
    send(m_line());
}

/// Unread input would turn the close into a reset and lose the message.
void ReportConversation::refuse(const QString &why)
{
    m_isAsked = true;
    const QJsonObject object{{u"format"_s, ProcessReport::Format}, {u"error"_s, why}};
    send(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void ReportConversation::send(const QByteArray &line)
{
    m_patience.start();
    m_socket->write(line);
    m_socket->disconnectFromServer(); // after the line was written
}

void ReportConversation::end()
{
    m_probing.stop();
    m_patience.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    deleteLater();
}

} // namespace qproxysql
