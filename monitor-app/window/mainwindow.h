// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "models/displaystate.h"
#include "window/desktop.h"
#include "window/eventrecorder.h"
#include "window/statusline.h"

#include <QtCore/QPointer>
#include <QtWidgets/QMainWindow>

#include <memory>

QT_BEGIN_NAMESPACE
class QStackedWidget;
QT_END_NAMESPACE

namespace qproxysql {

class BannerStrip;
class FirstRunPage;
class LoginPrompts;
class MessageBar;
class MonitorActions;
class MonitorSettings;
class MonitorSources;
class Notifications;
class OpenPools;
class PoolPage;
class PoolTabs;
class Steering;
class TrayIcon;
class WatchedSource;
struct ClusterEvent;

/// The operator's window for all sources. Does not own \a sources and \a settings, which must
/// outlive it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \a desktop: nullptr: the user's.
    MainWindow(MonitorSources &sources, MonitorSettings &settings, QWidget *parent = nullptr,
               std::unique_ptr<Desktop> desktop = nullptr);
    ~MainWindow() override;

    void setBanner(const QString &text); ///< overrides that of the settings; empty: the settings'

    MonitorActions &actions() const { return *m_actions; }
    Steering &steering() const { return *m_steering; }
    PoolPage *page() const; ///< the current one; nullptr: none

    bool exportTo(const QString &path); ///< .json, else CSV; false: the message bar shows the error
    bool recordTo(const QString &path); ///< empty: stop
    OpenPools &openPools() const { return *m_openPools; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void connectFile();
    void connectPeer();
    void connectView();
    void connectTools();
    void connectHelp();
    void connectDesktop();
    void watch(WatchedSource *source);
    void bringToFront(WatchedSource *source);
    void adopt(PoolPage *page);
    void refreshed(WatchedSource *source, const QList<ClusterEvent> &events);
    void showCurrent();
    void showBanner();
    void showIcon();
    void showTray();
    void showPeer(const QString &pool, const QString &peer);
    void showWorst();
    void quit();
    void attend(WatchedSource *source);
    void showProblems(WatchedSource *source);
    void showPeerMenu(const QString &peer, const QPoint &position);
    void copyRows();
    void chooseExport();
    void chooseRecord(bool isOn);
    void chooseSettings();
    void showAbout();
    void saveColumns(PoolPage *page);
    void restore();
    void save();

    MonitorSources &m_sources;
    MonitorSettings &m_settings;
    MonitorActions *m_actions;
    BannerStrip *m_banner;
    MessageBar *m_messages;
    PoolTabs *m_tabs;
    FirstRunPage *m_firstRun;
    QStackedWidget *m_stack;
    StatusLine m_status;
    Steering *m_steering;
    LoginPrompts *m_prompts;
    OpenPools *m_openPools;
    EventRecorder m_recorder;
    QString m_bannerText;
    std::optional<DisplayState> m_worst;
    const std::unique_ptr<Desktop> m_desktop;
    std::unique_ptr<TrayIcon> m_tray;
    std::unique_ptr<Notifications> m_notifications;
    bool m_isQuitting = false; ///< it is not closed to the tray
    bool m_isRestoring = false;
    // Shown when they appear.
    QString m_wantedPool;
    QPointer<WatchedSource> m_wantedSource;
};

} // namespace qproxysql
