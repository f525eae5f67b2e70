// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "cluster/clusterevents.h"
#include "cluster/loginsource.h"

#include <QtCore/QSettings>

namespace qproxysql {

/// The persistent settings of the window. No secrets: only the user of an account and the source of
/// its password. The GUI thread.
class MonitorSettings
{
public:
    /// \a file: an INI file; empty: the user's default.
    explicit MonitorSettings(const QString &file = {});

    /// The pool file of the pools that were added in the window; stored beside the settings.
    QString ownPoolFile() const;

    /// Of the events that are kept for the next start; beside the settings.
    QString eventFolder() const;

    /// The files that were open.
    QStringList poolFiles() const { return m_settings.value("pools/files").toStringList(); }
    void setPoolFiles(const QStringList &files) { m_settings.setValue("pools/files", files); }

    LoginSource login(const QString &source) const; ///< \a source: a pool file; empty: this machine
    void setLogin(const QString &source, const LoginSource &login);

    QString banner() const { return m_settings.value("window/banner").toString(); }
    void setBanner(const QString &text) { m_settings.setValue("window/banner", text); }
    bool isReadOnly() const { return m_settings.value("window/readOnly").toBool(); }
    void setReadOnly(bool isReadOnly) { m_settings.setValue("window/readOnly", isReadOnly); }

    /// An older drain is marked as forgotten. 1 to MostForgottenAfter; else the default.
    int forgottenAfterHours() const;
    void setForgottenAfterHours(int hours) { m_settings.setValue("window/forgottenAfter", hours); }
    static constexpr int MostForgottenAfter = 720;

    int interval() const; ///< s; one of allowedIntervals()
    void setInterval(int seconds) { m_settings.setValue("window/interval", seconds); }
    static QList<int> allowedIntervals() { return {1, 2, 5, 10}; }
    bool isProblemsOnly() const { return m_settings.value("window/problemsOnly").toBool(); }
    void setProblemsOnly(bool isOn) { m_settings.setValue("window/problemsOnly", isOn); }

    QByteArray geometry() const { return m_settings.value("window/geometry").toByteArray(); }
    void setGeometry(const QByteArray &geometry)
    {
        m_settings.setValue("window/geometry", geometry);
    }
    QByteArray columns(int version) const; ///< of a header; empty when written for other columns
    void setColumns(const QByteArray &state, int version);
    QByteArray splitter() const { return m_settings.value("window/splitter").toByteArray(); }
    void setSplitter(const QByteArray &state) { m_settings.setValue("window/splitter", state); }
    QString currentPool() const { return m_settings.value("window/pool").toString(); }
    void setCurrentPool(const QString &name) { m_settings.setValue("window/pool", name); }
    /// True when the user has been informed that a drain continues without the window.
    bool wasQuitNoticeShown() const { return m_settings.value("window/quitTold").toBool(); }
    void setQuitNoticeShown() { m_settings.setValue("window/quitTold", true); }

    // All off until the user wants them.
    bool showsTrayIcon() const { return m_settings.value("tray/icon").toBool(); }
    void setShowsTrayIcon(bool isOn) { m_settings.setValue("tray/icon", isOn); }
    bool closesToTray() const { return m_settings.value("tray/close").toBool(); }
    void setClosesToTray(bool isOn) { m_settings.setValue("tray/close", isOn); }
    bool isNotifiedOf(ClusterEvent::Kind kind) const;
    void setNotifiedOf(ClusterEvent::Kind kind, bool isOn);

    void sync() { m_settings.sync(); }

private:
    QSettings m_settings;
};

} // namespace qproxysql
