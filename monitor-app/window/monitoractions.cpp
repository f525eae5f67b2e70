// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/monitoractions.h"

#include "models/stateicon.h"
#include "window/monitorsettings.h"
#include "window/peerlabel.h"

#include <QtGui/QAction>
#include <QtGui/QActionGroup>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolBar>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

QAction *actionIn(QMenu *menu, const QString &name, const QString &text,
                  const QKeySequence &key = {})
{
    QAction *const action = menu->addAction(text);
    action->setObjectName(name);
    action->setShortcut(key);
    return action;
}

} // namespace

MonitorActions::MonitorActions(QMainWindow *window)
    : QObject(window)
{
    makeFile(window);
    makePeer(window);
    makeView(window);
    makeTools(window);
    makeHelp(window);
    makeToolBar(window);
    bindPeers({});
}

void MonitorActions::makeFile(QMainWindow *window)
{
    QMenu *const menu = window->menuBar()->addMenu(tr("&File"));
    addPool = actionIn(menu, u"addPool"_s, tr("&Add Pool..."), u"Ctrl+N"_s);
    openPoolFile = actionIn(menu, u"openPoolFile"_s, tr("&Open Pool File..."), u"Ctrl+O"_s);
    demoPool = actionIn(menu, u"demoPool"_s, tr("&Demo Pool"));
    editPool = actionIn(menu, u"editPool"_s, tr("Ed&it Pool..."), u"F2"_s);
    closePool = actionIn(menu, u"closePool"_s, tr("&Close Pool"), u"Ctrl+W"_s);
    menu->addSeparator();
    exportPool = actionIn(menu, u"exportPool"_s, tr("&Export Pool..."), u"Ctrl+E"_s);
    menu->addSeparator();
    quit = actionIn(menu, u"quit"_s, tr("&Quit"), u"Ctrl+Q"_s);
    quit->setMenuRole(QAction::QuitRole);
    newPoolMenu = new QMenu(window);
    newPoolMenu->addActions({addPool, openPoolFile, demoPool});
}

void MonitorActions::makePeer(QMainWindow *window)
{
    m_peerMenu = window->menuBar()->addMenu(tr("&Peer"));
    drain = actionIn(m_peerMenu, u"drain"_s, {}, u"Ctrl+D"_s);
    drain->setIcon(stateIcon(DisplayState::Draining));
    resume = actionIn(m_peerMenu, u"resume"_s, {}, u"Ctrl+Shift+D"_s);
    resume->setIcon(stateIcon(DisplayState::Up));
    recheck = actionIn(m_peerMenu, u"recheck"_s, {}, u"Ctrl+K"_s);
    recheck->setIcon(stateIcon(DisplayState::Checking));
    // What the list of keys calls them: bindPeers() names the peers.
    drain->setWhatsThis(tr("&Drain..."));
    resume->setWhatsThis(tr("&Resume"));
    recheck->setWhatsThis(tr("Rec&heck Now"));
    rolling = actionIn(m_peerMenu, u"rolling"_s, tr("R&olling Restart..."), u"Ctrl+Shift+R"_s);
    m_peerMenu->addSeparator();
    copyRows = actionIn(m_peerMenu, u"copyRows"_s, tr("&Copy Rows"), QKeySequence::Copy);
    copyReport = actionIn(m_peerMenu, u"copyReport"_s, tr("Copy Re&port"), u"Ctrl+Shift+C"_s);
    m_copyMenu = m_peerMenu->addMenu(tr("Copy as Co&mmand"));
    copyDrain = actionIn(m_copyMenu, u"copyDrain"_s, tr("&Drain"));
    copyResume = actionIn(m_copyMenu, u"copyResume"_s, tr("&Resume"));
    copyRecheck = actionIn(m_copyMenu, u"copyRecheck"_s, tr("Re&check"));
}

void MonitorActions::bindPeers(const QStringList &peers)
{
    const QString name = peers.size() == 1 ? PeerLabel::shortName(peers.constFirst())
                                           : tr("%n peer(s)", "on a button", int(peers.size()));
    const bool isBound = !peers.isEmpty();
    const QString brief = PeerLabel::briefName(name);
    drain->setText(isBound ? tr("&Drain %1...").arg(name) : tr("&Drain..."));
    drain->setIconText(isBound ? tr("Drain %1...").arg(brief) : tr("Drain..."));
    resume->setText(isBound ? tr("&Resume %1").arg(name) : tr("&Resume"));
    resume->setIconText(isBound ? tr("Resume %1").arg(brief) : tr("Resume"));
    recheck->setText(isBound ? tr("Rec&heck %1 Now").arg(name) : tr("Rec&heck Now"));
    recheck->setIconText(isBound ? tr("Recheck %1").arg(brief) : tr("Recheck now"));
    const auto addToolTip = [](QAction *action, const QString &text) {
        action->setToolTip(text.arg(action->shortcut().toString(QKeySequence::NativeText)));
    };
    addToolTip(drain, tr("Have all applications leave the peer (%1)"));
    addToolTip(resume, tr("Let applications use the peer again (%1)"));
    addToolTip(recheck, tr("Try now whether the peer answers (%1)"));
    for (QAction *action :
         {drain, resume, recheck, copyReport, copyDrain, copyResume, copyRecheck}) {
        action->setData(peers);
        action->setEnabled(isBound);
    }
    m_copyMenu->setEnabled(isBound);
}

QStringList MonitorActions::boundPeers() const
{
    return drain->data().toStringList();
}

void MonitorActions::makeView(QMainWindow *window)
{
    QMenu *const menu = window->menuBar()->addMenu(tr("&View"));
    refresh = actionIn(menu, u"refresh"_s, tr("&Refresh"), u"F5"_s);
    refresh->setIcon(window->style()->standardIcon(QStyle::SP_BrowserReload));
    pause = actionIn(menu, u"pause"_s, tr("&Pause"), u"Ctrl+P"_s);
    pause->setCheckable(true);
    makeIntervals(menu);
    menu->addSeparator();
    problemsOnly = actionIn(menu, u"problemsOnly"_s, tr("Problems &Only"), u"Ctrl+Shift+P"_s);
    problemsOnly->setCheckable(true);
    filter = actionIn(menu, u"filter"_s, tr("&Filter"), u"Ctrl+F"_s);
    columns = menu->addMenu(tr("&Columns"));
    menu->addSeparator();
    showApplications = actionIn(menu, u"showApplications"_s, tr("&Who Is Still on It"), u"Ctrl+1"_s);
    showDetails = actionIn(menu, u"showDetails"_s, tr("&Details"), u"Ctrl+2"_s);
    showEvents = actionIn(menu, u"showEvents"_s, tr("&Events"), u"Ctrl+3"_s);
    showGraphs = actionIn(menu, u"showGraphs"_s, tr("&Graphs"), u"Ctrl+4"_s);
    nextPane = actionIn(menu, u"nextPane"_s, tr("&Next Pane"), u"F6"_s);
    previousPane = actionIn(menu, u"previousPane"_s, tr("Pre&vious Pane"), u"Shift+F6"_s);
    menu->addSeparator();
    nextPool = actionIn(menu, u"nextPool"_s, tr("Next Poo&l"), u"Ctrl+PgDown"_s);
    previousPool = actionIn(menu, u"previousPool"_s, tr("Previo&us Pool"), u"Ctrl+PgUp"_s);
}

void MonitorActions::makeIntervals(QMenu *view)
{
    QMenu *const menu = view->addMenu(tr("&Interval"));
    intervals = new QActionGroup(this);
    for (const int seconds : MonitorSettings::allowedIntervals()) {
        QAction *const action = menu->addAction(tr("Every %1 s").arg(seconds));
        action->setObjectName(u"interval%1"_s.arg(seconds));
        action->setCheckable(true);
        action->setData(seconds);
        intervals->addAction(action);
    }
}

void MonitorActions::makeTools(QMainWindow *window)
{
    QMenu *const menu = window->menuBar()->addMenu(tr("&Tools"));
    logIn = actionIn(menu, u"logIn"_s, tr("&Log In..."), u"Ctrl+L"_s);
    recordEvents = actionIn(menu, u"recordEvents"_s, tr("&Record Events to File..."));
    recordEvents->setCheckable(true);
    menu->addSeparator();
    settings = actionIn(menu, u"settings"_s, tr("&Settings..."), u"Ctrl+,"_s);
    settings->setMenuRole(QAction::PreferencesRole);
}

void MonitorActions::makeHelp(QMainWindow *window)
{
    QMenu *const menu = window->menuBar()->addMenu(tr("&Help"));
    legend = actionIn(menu, u"legend"_s, tr("&Glyphs and Columns"), QKeySequence::HelpContents);
    shortcuts = actionIn(menu, u"shortcuts"_s, tr("&Keyboard Shortcuts"));
    guide = actionIn(menu, u"guide"_s, tr("&Operator's Guide"));
    menu->addSeparator();
    about = actionIn(menu, u"about"_s, tr("&About QPROXYSQL Monitor"));
    about->setMenuRole(QAction::AboutRole);
    aboutQt = actionIn(menu, u"aboutQt"_s, tr("About &Qt"));
    aboutQt->setMenuRole(QAction::AboutQtRole);
}

void MonitorActions::makeToolBar(QMainWindow *window)
{
    QToolBar *const bar = window->addToolBar(tr("Tools"));
    bar->setObjectName(u"toolBar"_s);
    bar->setAccessibleName(tr("Tool bar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    const int size = window->style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, window);
    bar->setIconSize(QSize(size, size));
    bar->addActions({drain, resume, recheck});
    bar->addSeparator();
    bar->addActions({refresh, pause});
    bar->addSeparator();
    auto *const problems = new QCheckBox(tr("Problems only"), bar);
    problems->setObjectName(u"problemsOnlyBox"_s);
    problems->setAccessibleName(tr("Problems only"));
    connect(problems, &QCheckBox::toggled, problemsOnly, &QAction::setChecked);
    connect(problemsOnly, &QAction::toggled, problems, &QCheckBox::setChecked);
    bar->addWidget(problems);
    auto *const gap = new QWidget(bar);
    gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(gap);
    filterEdit = new QLineEdit(bar);
    filterEdit->setObjectName(u"filterEdit"_s);
    filterEdit->setPlaceholderText(tr("Filter"));
    filterEdit->setAccessibleName(tr("Filter"));
    filterEdit->setClearButtonEnabled(true);
    // Narrower before the bar hides it.
    filterEdit->setMinimumWidth(filterEdit->fontMetrics().averageCharWidth() * 12);
    filterEdit->setMaximumWidth(filterEdit->fontMetrics().averageCharWidth() * 30);
    bar->addWidget(filterEdit);
}

} // namespace qproxysql
