// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitorsettings.h"

#include "cluster/forgottendrain.h"
#include "config/enumname.h"

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

/// QSettings would take the '/' of a path for a group.
QString loginGroup(const QString &source)
{
    return source.isEmpty() ? u"login"_s
                            : u"logins/"_s
                                      + QString::fromLatin1(source.toUtf8().toBase64(
                                              QByteArray::Base64UrlEncoding));
}

} // namespace

MonitorSettings::MonitorSettings(const QString &file)
    : m_settings(file.isEmpty() ? QSettings(QSettings::IniFormat, QSettings::UserScope,
                                            u"qproxysql"_s, u"monitor"_s)
                                          .fileName()
                                : file,
                 QSettings::IniFormat)
{
}

QString MonitorSettings::ownPoolFile() const
{
    const QFileInfo file(m_settings.fileName());
    return file.absolutePath() + u'/' + file.completeBaseName() + u"-pools.ini"_s;
}

QString MonitorSettings::eventFolder() const
{
    const QFileInfo file(m_settings.fileName());
    return file.absolutePath() + u'/' + file.completeBaseName() + u"-events"_s;
}

LoginSource MonitorSettings::login(const QString &source) const
{
    const QString group = loginGroup(source) + u'/';
    return {m_settings.value(group + u"user"_s).toString(),
            m_settings.value(group + u"passwordCommand"_s).toString(),
            m_settings.value(group + u"defaultsFile"_s).toString(),
            {m_settings.value(group + u"sslCa"_s).toString(),
             m_settings.value(group + u"sslCert"_s).toString(),
             m_settings.value(group + u"sslKey"_s).toString()},
            !m_settings.value(group + u"hasNoPassword"_s).toBool()};
}

void MonitorSettings::setLogin(const QString &source, const LoginSource &login)
{
    const QString group = loginGroup(source) + u'/';
    m_settings.setValue(group + u"user"_s, login.user);
    m_settings.setValue(group + u"passwordCommand"_s, login.passwordCommand);
    m_settings.setValue(group + u"defaultsFile"_s, login.defaultsFile);
    m_settings.setValue(group + u"sslCa"_s, login.tls.ca);
    m_settings.setValue(group + u"sslCert"_s, login.tls.cert);
    m_settings.setValue(group + u"sslKey"_s, login.tls.key);
    m_settings.setValue(group + u"hasNoPassword"_s, !login.asksForPassword);
}

int MonitorSettings::forgottenAfterHours() const
{
    const int hours = m_settings.value(u"window/forgottenAfter"_s).toInt();
    return hours >= 1 && hours <= MostForgottenAfter
                   ? hours
                   : std::chrono::duration_cast<std::chrono::hours>(ForgottenDrain::DefaultAfter)
                             .count();
}

int MonitorSettings::interval() const
{
    const int seconds = m_settings.value(u"window/interval"_s).toInt();
    return allowedIntervals().contains(seconds) ? seconds : allowedIntervals().constFirst();
}

QByteArray MonitorSettings::columns(int version) const
{
    return m_settings.value(u"peers/version"_s).toInt() == version
                   ? m_settings.value(u"peers/columns"_s).toByteArray()
                   : QByteArray();
}

void MonitorSettings::setColumns(const QByteArray &state, int version)
{
    m_settings.setValue(u"peers/columns"_s, state);
    m_settings.setValue(u"peers/version"_s, version);
}

bool MonitorSettings::isNotifiedOf(ClusterEvent::Kind kind) const
{
    return m_settings.value(u"notifications/"_s + wordOf(kind)).toBool();
}

void MonitorSettings::setNotifiedOf(ClusterEvent::Kind kind, bool isOn)
{
    m_settings.setValue(u"notifications/"_s + wordOf(kind), isOn);
}

} // namespace qproxysql
