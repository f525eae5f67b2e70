// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "report/reportconversation.h"

#include "report/proberound.h"
#include "report/processreport.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtNetwork/QLocalSocket>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr double ShortestPeriod = 0.1; // seconds
constexpr double LongestPeriod = 3600;
constexpr auto ProbesInterval = 10ms;

/// Seconds; 0: not allowed.
double periodIn(const QByteArray &request)
{
    bool isNumber = false;
    const double seconds = request.mid(int(qstrlen("watch "))).trimmed().toDouble(&isNumber);
    return isNumber && seconds >= ShortestPeriod && seconds <= LongestPeriod ? seconds : 0;
}

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
    connect(m_socket, &QLocalSocket::bytesWritten, this, &ReportConversation::written);
    connect(m_socket, &QLocalSocket::disconnected, this, &ReportConversation::end);
    connect(m_socket, &QLocalSocket::errorOccurred, this, &ReportConversation::end);
    connect(&m_patience, &QTimer::timeout, this, &ReportConversation::end);
    connect(&m_period, &QTimer::timeout, this, &ReportConversation::tick);
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
            end(); // it was told what there is to ask
        else
            refuse(QCoreApplication::translate("QProxySql",
                                               "a request is one line of at most %1 bytes")
                           .arg(LongestRequest));
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
    const double period = request.startsWith("watch ") ? periodIn(request) : 0;
    if (request == "report") {
        send(m_line());
        m_socket->disconnectFromServer();
    } else if (request == "probe" && m_probes.start) {
        probe();
    } else if (period > 0) {
        m_period.start(int(period * 1000));
        send(m_line());
    } else {
        refuse(QCoreApplication::translate(
                "QProxySql",
                "allowed is \"report\", \"probe\", or \"watch SECONDS\" with 0.1 to 3600"));
    }
}

void ReportConversation::probe()
{
    m_probes.start();
    m_probesUntil.setRemainingTime(ProbeRound::WorthWaiting);
    m_probing.start(ProbesInterval);
    sendOnce();
}

/// Once the probes have ended, or have taken too long: then the report says so.
void ReportConversation::sendOnce()
{
    if (m_probes.areUnderWay() && !m_probesUntil.hasExpired())
        return;
    m_probing.stop();
    send(m_line());
    m_socket->disconnectFromServer();
}

/// Hangs up, too. Who has not yet been read from would be sent a reset and not this.
void ReportConversation::refuse(const QString &why)
{
    m_isAsked = true;
    const QJsonObject object{{u"format"_s, ProcessReport::Format}, {u"error"_s, why}};
    send(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
    m_socket->disconnectFromServer();
}

void ReportConversation::send(const QByteArray &line)
{
    m_patience.start();
    m_socket->write(line);
}

// Who has not taken the last line gets no other.
void ReportConversation::tick()
{
    if (m_socket->bytesToWrite() == 0)
        send(m_line());
}

void ReportConversation::written()
{
    if (m_socket->bytesToWrite() == 0 && m_period.isActive())
        m_patience.stop();
}

void ReportConversation::end()
{
    m_period.stop();
    m_probing.stop();
    m_patience.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    deleteLater();
}

} // namespace qproxysql
